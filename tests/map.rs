//! Holds the checker's map, `checker/DESIGN.md`, against the tree.

use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below `folder`, as paths relative to `checker/`.
fn sources(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the checker") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let relative = path
                .strip_prefix(root().join("checker"))
                .expect("below the checker");
            found.insert(relative.to_string_lossy().into_owned());
        }
    }
}

#[test]
fn the_map_lists_exactly_the_files_that_there_are() {
    let map = std::fs::read_to_string(root().join("checker/DESIGN.md")).expect("the map");
    let lines = map.lines().filter_map(|line| line.strip_prefix("- `"));
    let listed = lines.filter_map(|line| Some(line.split_once("`: ")?.0.to_owned()));
    let listed: BTreeSet<String> = listed.filter(|name| name.ends_with(".rs")).collect();
    let mut there = BTreeSet::new();
    sources(&root().join("checker"), &mut there);
    let missing: Vec<_> = there.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not listed: {missing:?}; gone: {gone:?}"
    );
    assert!(map.lines().count() <= 300, "a map of at most 300 lines");
}
