//! Holds the imports of the checker to one way: which folder and which crate may know of which other, and
//! that no two files or folders that lie side by side know of each other, by whatever way round.
//!
//! What is compiled only for tests may import anything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

#[path = "util/tokens.rs"]
mod tokens;

use tokens::{files_below, root, without_tests};

/// The folders of `checker/src`, and which others each may import from.
const FOLDERS: &[(&str, &[&str])] = &[
    ("facts", &[]),
    ("message", &["facts"]),
    ("support", &["facts", "message"]),
    ("course", &["facts", "message", "support"]),
    ("program", &["course", "facts", "message", "support"]),
    ("explore", &["facts", "message", "program", "support"]),
    ("judge", &["course", "facts", "message"]),
    ("explain", &["explore", "facts", "judge", "support"]),
    (
        "check",
        &[
            "course", "explain", "explore", "facts", "judge", "message", "program", "support",
        ],
    ),
    ("report", &["facts", "message"]),
    ("cli", &["course", "facts", "message"]),
    (
        "options",
        &[
            "check", "cli", "course", "facts", "message", "report", "support",
        ],
    ),
    (
        "commands",
        &[
            "check", "cli", "course", "explain", "explore", "facts", "judge", "message", "options",
            "program", "report", "support",
        ],
    ),
];

/// The crates of the workspace, and which others each may import from.
const CRATES: &[(&str, &str, &[&str])] = &[
    ("sched_model", "checker/sched/model/src", &[]),
    (
        "sched_segment",
        "checker/sched/segment/src",
        &["sched_model"],
    ),
    // Inside the learner's program.
    (
        "sched_runtime",
        "checker/sched/runtime/src",
        &["sched_model", "sched_segment"],
    ),
    ("mp", "checker/mp/src", &["sched_model", "sched_runtime"]),
    (
        "checked_std",
        "checker/std/src",
        &["sched_model", "sched_runtime"],
    ),
    // In the checker.
    (
        "sched_host",
        "checker/sched/host/src",
        &["sched_model", "sched_segment"],
    ),
    ("course", "checker/src", &["sched_host", "sched_model"]),
];

/// Those in which no files that lie side by side import each other in a circle.
const WITHOUT_CIRCLES: &[&str] = &[
    "course",
    "sched_host",
    "sched_model",
    "sched_runtime",
    "sched_segment",
];

#[test]
fn folders_of_the_checker_import_only_from_those_below_them() {
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for import in imports(&root().join("checker/src")) {
        // The crate's root declares them all.
        let Some(from) = import.from.first() else {
            continue;
        };
        let to = &import.to[0];
        if from == to {
            continue;
        }
        let allowed = FOLDERS.iter().find(|(folder, _)| folder == from);
        if !allowed.is_some_and(|(_, allowed)| allowed.contains(&to.as_str())) {
            wrong.push(format!("{} imports {}", import.file, import.to.join("::")));
        }
        used.entry(from.clone()).or_default().insert(to.clone());
    }
    assert_eq!(
        wrong,
        Vec::<String>::new(),
        "see FOLDERS in tests/arrows.rs"
    );
    for (from, allowed) in FOLDERS {
        let used = used.remove(*from).unwrap_or_default();
        let unused: Vec<_> = allowed.iter().filter(|to| !used.contains(**to)).collect();
        assert!(
            unused.is_empty(),
            "{from} does not import {unused:?}: strike that from the list"
        );
    }
}

#[test]
fn files_and_folders_that_lie_side_by_side_import_each_other_in_no_circle() {
    let crates = CRATES
        .iter()
        .filter(|(name, ..)| WITHOUT_CIRCLES.contains(name));
    let circles: Vec<String> = crates.flat_map(|(_, folder, _)| circles(folder)).collect();
    assert_eq!(circles, Vec::<String>::new(), "these are parts of circles");
}

/// The files and folders of a crate that import themselves by way of others that lie beside them.
fn circles(folder: &str) -> Vec<String> {
    // From what lies in a folder to what lies beside it there; a folder stands for all that is in it, and a
    // folder's own `mod.rs` is no part of this: parents and children may know of each other.
    let mut beside: BTreeMap<(Vec<String>, String), BTreeSet<String>> = BTreeMap::new();
    for Import { from, to, .. } in imports(&root().join(folder)) {
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        if let (Some(a), Some(b)) = (from.get(shared), to.get(shared)) {
            let place = (from[..shared].to_vec(), a.clone());
            beside.entry(place).or_default().insert(b.clone());
        }
    }
    let mut circles = Vec::new();
    for (folder, start) in beside.keys() {
        let mut reached = BTreeSet::new();
        let mut next = vec![start];
        while let Some(at) = next.pop() {
            let to = beside.get(&(folder.clone(), at.clone())).into_iter();
            next.extend(to.flatten().filter(|to| reached.insert(*to)));
        }
        if reached.contains(start) {
            circles.push(format!("{}::{start}", folder.join("::")));
        }
    }
    circles
}

#[test]
fn crates_of_the_workspace_use_only_those_below_them() {
    let names: Vec<&str> = CRATES.iter().map(|(name, _, _)| *name).collect();
    for (name, folder, allowed) in CRATES {
        let mut used = BTreeSet::new();
        for file in files_below(&root().join(folder)) {
            for path in paths(&file) {
                used.extend(names.iter().filter(|it| **it == path[0] && *it != name));
            }
        }
        let used: Vec<&str> = used.into_iter().copied().collect();
        assert_eq!(&used, allowed, "{name}: see CRATES in tests/arrows.rs");
    }
}

/// A file imports from another one, both as paths of modules.
struct Import {
    file: String,
    from: Vec<String>,
    to: Vec<String>,
}

/// All imports of one file from another below a crate's source.
fn imports(source: &Path) -> Vec<Import> {
    let files = files_below(source);
    let modules: BTreeSet<Vec<String>> = files.iter().map(|it| module(source, it)).collect();
    let mut imports = Vec::new();
    for file in &files {
        let from = module(source, file);
        for path in paths(file) {
            let Some(mut to) = absolute(&from, &path, &modules) else {
                continue;
            };
            while !modules.contains(&to) {
                to.pop();
            }
            if to != from && !to.is_empty() {
                let file = file.strip_prefix(source).expect("below the source");
                imports.push(Import {
                    file: file.display().to_string(),
                    from: from.clone(),
                    to,
                });
            }
        }
    }
    imports
}

/// A path as the crate's root sees it; `None` for one that leads out of the crate.
fn absolute(
    from: &[String],
    path: &[String],
    modules: &BTreeSet<Vec<String>>,
) -> Option<Vec<String>> {
    let ups = path.iter().take_while(|it| *it == "super").count();
    let base = match path[0].as_str() {
        "crate" => return Some(path[1..].to_vec()),
        "self" => return Some([from, &path[1..]].concat()),
        "super" => &from[..from.len() - ups],
        _ => from,
    };
    let found = [base, &path[ups..]].concat();
    // Without such a beginning it is a child's name, or another crate's.
    (ups > 0 || modules.contains(&found[..=from.len()])).then_some(found)
}

/// The path of the module that a file is; empty for the crate's root.
fn module(source: &Path, file: &Path) -> Vec<String> {
    let file = file.strip_prefix(source).expect("below the source");
    let parts = file.with_extension("");
    let parts = parts.iter().map(|part| part.to_string_lossy().into_owned());
    let mut parts: Vec<String> = parts.collect();
    if parts.last().is_some_and(|last| last == "mod") || parts == ["lib"] {
        parts.pop();
    }
    parts
}

/// All paths of at least two names in a file; an import of several names is several paths.
fn paths(file: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(file).expect("a file");
    let mut found = Vec::new();
    collect(text.parse().expect("is Rust"), &[], &mut found);
    found.retain(|path| path.len() > 1);
    found
}

/// Collects paths; `before` is what the paths in a group of imported names begin with.
fn collect(tokens: TokenStream, before: &[String], found: &mut Vec<Vec<String>>) {
    let mut path = before.to_vec();
    // Whether the last two tokens were colons.
    let mut joined = !before.is_empty();
    let mut colons = 0;
    for token in without_tests(tokens) {
        let is_colon = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ':');
        colons = if is_colon { colons + 1 } else { 0 };
        let now_joined = colons == 2;
        match token {
            TokenTree::Ident(name) if joined => path.push(name.to_string()),
            TokenTree::Ident(name) => {
                found.push(std::mem::replace(&mut path, vec![name.to_string()]));
            }
            TokenTree::Group(group) => {
                let names = joined && group.delimiter() == Delimiter::Brace;
                let before = if names { path.clone() } else { Vec::new() };
                collect(group.stream(), &before, found);
            }
            TokenTree::Punct(mark) if mark.as_char() == ',' && !before.is_empty() => {
                found.push(std::mem::replace(&mut path, before.to_vec()));
                joined = true;
                continue;
            }
            _ => {}
        }
        joined = now_joined;
    }
    found.push(path);
}
