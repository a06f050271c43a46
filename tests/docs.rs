//! README and the book in `docs/`: all links lead somewhere, the book has all its pages, and mdBook can
//! build it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The pages of the book, by their paths in it.
fn pages() -> BTreeSet<String> {
    let (docs, mut pages, mut open) = (
        root().join("docs"),
        BTreeSet::new(),
        vec![root().join("docs")],
    );
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                let page = path.strip_prefix(&docs).expect("lies inside");
                pages.insert(page.to_string_lossy().into_owned());
            }
        }
    }
    pages.remove("SUMMARY.md");
    pages
}

/// All that a document links to or shows.
fn targets(text: &str) -> Vec<String> {
    let mut targets = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                targets.push(dest_url.into_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for name in ["src=\"", "srcset=\"", "href=\""] {
                    let values = html
                        .split(name)
                        .skip(1)
                        .filter_map(|it| it.split('"').next());
                    targets.extend(values.map(str::to_owned));
                }
            }
            _ => {}
        }
    }
    targets
}

/// The places in a document that can be linked to, as GitHub and mdBook name them.
fn headings(text: &str) -> BTreeSet<String> {
    let (mut found, mut heading) = (BTreeSet::new(), None::<String>);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::Text(text) | Event::Code(text), Some(heading)) => heading.push_str(&text),
            (Event::End(TagEnd::Heading(_)), _) => {
                let words = heading.take().unwrap_or_default().to_lowercase();
                let kept = words
                    .chars()
                    .filter(|it| it.is_alphanumeric() || " -_".contains(*it));
                found.insert(kept.collect::<String>().replace(' ', "-"));
            }
            _ => {}
        }
    }
    found
}

/// Why a link of a document leads nowhere.
fn lost(document: &Path, target: &str) -> Option<String> {
    if target.starts_with("https://") {
        return None;
    }
    let (file, place) = target.split_once('#').unwrap_or((target, ""));
    let to = match file {
        "" => document.to_owned(),
        file => document.with_file_name("").join(file),
    };
    let shown = document
        .strip_prefix(root())
        .expect("one of ours")
        .display();
    if !to.is_file() {
        return Some(format!("{shown}: there is no {target}"));
    }
    if !place.is_empty() && !headings(&read(&to)).contains(place) {
        return Some(format!("{shown}: no heading is {target}"));
    }
    let docs = root().join("docs").canonicalize().expect("is there");
    let inside = to.canonicalize().expect("is there").starts_with(&docs);
    let of_book = document.starts_with(root().join("docs"));
    (of_book && !inside).then(|| format!("{shown}: {target} is no part of the book"))
}

#[test]
fn all_links_and_pictures_of_readme_and_of_the_book_lead_somewhere() {
    let mut documents: Vec<PathBuf> = pages()
        .iter()
        .map(|it| root().join("docs").join(it))
        .collect();
    documents.extend(["README.md", "CONTRIBUTING.md", "docs/SUMMARY.md"].map(|it| root().join(it)));
    let mut all_lost = Vec::new();
    for document in &documents {
        let targets = targets(&read(document));
        all_lost.extend(targets.iter().filter_map(|target| lost(document, target)));
    }
    assert_eq!(all_lost, Vec::<String>::new());
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let document = root().join("docs/glossary.md");
    for target in [
        "nowhere.md",
        "glossary.md#nothing",
        "#nothing",
        "../README.md",
    ] {
        assert!(lost(&document, target).is_some(), "{target}");
    }
    for target in [
        "learners.md#the-commands",
        "#a-run-and-what-is-in-it",
        "https://a.b",
    ] {
        assert_eq!(lost(&document, target), None, "{target}");
    }
    let text = "[a](b.md) ![c](d.png)\n\n<img src=\"e.svg\">\n\n`[f](g.md)`\n";
    assert_eq!(targets(text), ["b.md", "d.png", "e.svg"]);
}

#[test]
fn the_books_contents_name_each_page_once() {
    let listed = targets(&read(&root().join("docs/SUMMARY.md")));
    let once: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), once.len());
    assert_eq!(once, pages());
}

#[test]
fn readme_begins_with_what_it_is_about_and_is_short() {
    let readme = read(&root().join("README.md"));
    assert!(readme.lines().count() <= 180, "{}", readme.lines().count());
    let picture = readme.find("<picture>").expect("a picture");
    assert!(picture < readme.find("\n## ").expect("a section"));
    for command in [
        "cargo run --release -- check 05_lock",
        "cargo test --workspace --release --exclude exercises --exclude solutions",
    ] {
        assert!(
            readme.contains(&format!("```sh\n{command}\n```")),
            "{command}"
        );
    }
}

#[test]
#[ignore = "long: needs mdbook, which takes minutes to be built"]
fn long_mdbook_builds_the_book() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = std::env::var_os("MDBOOK").unwrap_or("mdbook".into());
    let mut mdbook = Command::new(program);
    mdbook
        .args(["build", "docs", "-d"])
        .arg(folder.path())
        .current_dir(root());
    let output = mdbook
        .output()
        .expect("there is mdbook: cargo install --locked mdbook");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("WARN"), "{said}");
    for page in pages() {
        let file = folder.path().join(&page).with_extension("html");
        assert!(file.is_file(), "{page}");
    }
}
