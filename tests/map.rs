//! Holds the checker's map, `checker/DESIGN.md` and its list of files, against the tree.

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

/// The parts of the checker, with their folders.
const PARTS: &[(&str, &str)] = &[
    (
        "The scheduler (`sched`), linked into checked programs and into the checker",
        "sched/",
    ),
    ("The library of checked programs (`mp`)", "mp/"),
    ("The std of checked programs", "std/"),
    ("The command (`course`)", "src/"),
];

/// The list of files as it is to be.
fn list() -> String {
    let mut there = BTreeSet::new();
    sources(&root().join("checker"), &mut there);
    let mut list = "# The files of the checker\n\nEach with its own first sentence. A test holds this \
                    list against the tree, and writes it: `COURSE_UPDATE=1 cargo test --test map`.\n"
        .to_owned();
    let is_other = |file: &str| !PARTS.iter().any(|(_, folder)| file.starts_with(folder));
    let others = there.iter().filter(|file| is_other(file));
    list.extend(others.map(|file| line(file)));
    for (part, folder) in PARTS {
        list.push_str(&format!("\n## {part}\n\n"));
        let inside = there.iter().filter(|file| file.starts_with(folder));
        list.extend(inside.map(|file| line(file)));
    }
    list
}

fn line(file: &str) -> String {
    let path = root().join("checker").join(file);
    let text = std::fs::read_to_string(path).expect("a file");
    format!("- `{file}`: {}\n", first_sentence(&text))
}

#[test]
fn the_list_names_exactly_the_files_that_there_are_with_their_first_sentences() {
    let path = root().join("checker/FILES.md");
    let list = list();
    if std::env::var_os("COURSE_UPDATE").is_some() {
        std::fs::write(&path, &list).expect("can be written");
    }
    let is = std::fs::read_to_string(path).expect("the list");
    let missing: Vec<&str> = list.lines().filter(|line| !is.contains(line)).collect();
    assert_eq!(is, list, "missing: {}", missing.join("\n"));
}

/// What a file says it is: its first paragraph, as one line, up to the end of the sentence.
fn first_sentence(text: &str) -> String {
    let paragraph = text.lines().take_while(|line| line.starts_with("//! "));
    let words: Vec<&str> = paragraph.map(|line| &line[4..]).collect();
    let text = without_links(&words.join(" "));
    let ends = text.char_indices().filter(|(at, c)| {
        let rest = &text[at + 1..];
        *c == '.' && (rest.is_empty() || rest.starts_with(' '))
    });
    // "e.g." and the like do not occur; a sentence ends with its first full stop.
    match ends.map(|(at, _)| at).next() {
        Some(end) => text[..=end].to_owned(),
        None => text,
    }
}

/// Text whose links, as rustdoc has them, are what they show.
fn without_links(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let (name, after) = link.split_once("`]").expect("a link ends");
        let after = match after.strip_prefix('(').and_then(|it| it.split_once(')')) {
            Some((_target, after)) => after,
            None => after,
        };
        shown.push_str(&format!("{before}`{name}`"));
        rest = after;
    }
    shown + rest
}

#[test]
fn the_map_is_short() {
    let map = std::fs::read_to_string(root().join("checker/DESIGN.md")).expect("the map");
    assert!(map.lines().count() <= 300, "a map of at most 300 lines");
}
