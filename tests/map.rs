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
        "What a run is made of and what happens in it (`sched-model`)",
        "sched/model/",
    ),
    (
        "What the checker and a checked program have in common (`sched-segment`)",
        "sched/segment/",
    ),
    (
        "The scheduler inside the learner's program (`sched-runtime`)",
        "sched/runtime/",
    ),
    ("The scheduler in the checker (`sched-host`)", "sched/host/"),
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
fn the_map_is_short_and_names_every_decision() {
    let map = std::fs::read_to_string(root().join("checker/DESIGN.md")).expect("the map");
    assert!(map.lines().count() <= 120, "a map of at most 120 lines");
    for decision in std::fs::read_dir(root().join("docs/decisions")).expect("a folder") {
        let name = decision.expect("a readable folder").file_name();
        let link = format!("](../docs/decisions/{})", name.to_string_lossy());
        assert!(map.contains(&link), "the map has no link `{link}`");
    }
}

/// What those who work on the course read, as paths from the root of the repository.
fn documents() -> Vec<String> {
    let folders = ["", "checker", "docs", "docs/decisions"].into_iter();
    let in_folder = |folder: &str| {
        let entries = std::fs::read_dir(root().join(folder)).expect("a folder");
        let paths = entries.map(|entry| entry.expect("a readable folder").path());
        let documents = paths.filter(|path| path.extension().is_some_and(|it| it == "md"));
        let relative = |path: std::path::PathBuf| {
            let path = path.strip_prefix(root()).expect("below the root");
            path.to_string_lossy().into_owned()
        };
        documents.map(relative).collect::<Vec<_>>()
    };
    folders.flat_map(in_folder).collect()
}

/// The pieces of a text between backticks; blocks of code are none.
fn code_spans(text: &str) -> Vec<String> {
    let outside = text.split("```").step_by(2).collect::<String>();
    let spans = outside.split('`').skip(1).step_by(2);
    spans.map(|it| it.replace('\n', " ")).collect()
}

/// The targets of the links of a document, without those to other sites and places in a page.
fn links(text: &str) -> Vec<&str> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|it| it.split(')').next());
    let files = targets.map(|it| it.split('#').next().unwrap_or(it));
    files
        .filter(|it| !it.is_empty() && !it.contains("://"))
        .collect()
}

/// Whether a piece of code names something in this repository: a path from its root, in which
/// `NN_topic` stands for any topic.
fn is_path(span: &str) -> bool {
    let folders = [
        ".ci/",
        ".github/",
        "benches/",
        "checker/",
        "docs/",
        "exercises/",
        "solutions/",
        "tests/",
    ];
    folders.iter().any(|folder| span.starts_with(folder))
        && !span.contains([' ', '*'])
        && !span.contains("NN_topic")
}

#[test]
fn paths_and_links_in_documents_lead_somewhere() {
    let mut lost = Vec::new();
    for document in documents() {
        let text = std::fs::read_to_string(root().join(&document)).expect("a document");
        let folder = root().join(&document).with_file_name("");
        let spans = code_spans(&text).into_iter().filter(|it| is_path(it));
        let named = spans.map(|it| (root().join(&it), it));
        let linked = links(&text).into_iter();
        let linked = linked.map(|it| (folder.join(it), it.to_owned()));
        let gone = named.chain(linked).filter(|(path, _)| !path.exists());
        lost.extend(gone.map(|(_, shown)| format!("{document}: {shown}")));
    }
    assert_eq!(lost, Vec::<String>::new(), "name or link what is not there");
}

/// The one or two words after each occurrence of `before`: a test program, and what of it is run.
fn words_after<'a>(text: &'a str, before: &str) -> Vec<(&'a str, Option<&'a str>)> {
    fn word(text: &str) -> (&str, &str) {
        let ends = |c: char| !(c.is_alphanumeric() || "_-:".contains(c));
        text.split_at(text.find(ends).unwrap_or(text.len()))
    }
    let pair = |rest| {
        let (first, rest) = word(rest);
        (first, rest.strip_prefix(' ').map(|rest| word(rest).0))
    };
    text.split(before).skip(1).map(pair).collect()
}

/// Whether a test program of one of our packages is there, with this module of it.
fn is_test((program, filter): (&str, Option<&str>)) -> bool {
    let module = filter.and_then(|it| it.split_once("::")).map(|it| it.0);
    let packages = [
        "",
        "checker/sched/model/",
        "checker/sched/segment/",
        "checker/sched/host/",
    ];
    packages.into_iter().any(|package| {
        let folder = root().join(package).join("tests").join(program);
        let is_there = folder.with_extension("rs").exists() || folder.join("main.rs").exists();
        is_there && module.is_none_or(|it| folder.join(it).with_extension("rs").exists())
    })
}

#[test]
fn tests_and_benches_that_documents_name_are_there() {
    let is_bench = |name: &str| {
        let bench = root().join("benches").join(name);
        bench.with_extension("rs").exists()
    };
    for document in documents() {
        let text = std::fs::read_to_string(root().join(&document)).expect("a document");
        let tests = words_after(&text, "--test ");
        let lost = tests.into_iter().find(|it| !is_test(*it));
        assert_eq!(lost, None, "{document} names a test that is not there");
        let benches = words_after(&text, "--bench ");
        let lost = benches.into_iter().find(|it| !is_bench(it.0));
        assert_eq!(lost, None, "{document} names a bench that is not there");
    }
}

#[test]
fn documents_fit_100_columns() {
    let documents = documents().into_iter();
    let ours = documents.filter(|it| {
        it.starts_with("docs/") || it == "checker/DESIGN.md" || it == "CONTRIBUTING.md"
    });
    for document in ours {
        let text = std::fs::read_to_string(root().join(&document)).expect("a document");
        let long = (1..)
            .zip(text.lines())
            .find(|(_, line)| line.chars().count() > 100);
        assert_eq!(long, None, "{document}");
    }
}
