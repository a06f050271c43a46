//! The files of a learner's folder, as they lie in the command.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::Context;

use crate::commands::init::cargo::{self, Member};

/// The files of the repository that go into it, sorted by their paths.
const REPOSITORY: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/course_files.rs"));

/// For editors on systems that are no Linux.
const DEVCONTAINER: &str = ".devcontainer/devcontainer.json";
/// Where this command comes from, if that was known when it was built.
const HOME: &str = env!("COURSE_REPOSITORY");

/// Files that the repository has not, or has otherwise.
const TEMPLATES: &[(&str, &str)] = &[
    (
        ".devcontainer/set-up.sh",
        include_str!("template/devcontainer_set-up.sh"),
    ),
    (".gitattributes", include_str!("template/gitattributes")),
    (".gitignore", include_str!("template/gitignore")),
    (
        ".helix/languages.toml",
        include_str!("template/helix_languages.toml"),
    ),
    (
        ".vscode/extensions.json",
        include_str!("template/vscode_extensions.json"),
    ),
    (
        ".vscode/settings.json",
        include_str!("template/vscode_settings.json"),
    ),
    (
        ".vscode/tasks.json",
        include_str!("template/vscode_tasks.json"),
    ),
    (
        ".zed/settings.json",
        include_str!("template/zed_settings.json"),
    ),
    ("README.md", include_str!("template/README.md")),
    (
        "rust-analyzer.toml",
        include_str!("template/rust-analyzer.toml"),
    ),
];

/// Packages of the learner's folder: where they are in the repository.
const MEMBERS: &[&str] = &[
    "checker/sched/model",
    "checker/sched/segment",
    "checker/sched/runtime",
    "checker/mp",
    "checker/std",
    "exercises",
    "solutions",
];

/// The files by their paths from the folder.
pub type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// All files of a learner's folder.
///
/// # Errors
///
/// When the repository's manifests or its lock file are not as this module expects. A test shows
/// that they are.
pub fn files() -> anyhow::Result<Files> {
    let mut files = Files::new();
    for (path, bytes) in REPOSITORY {
        files.insert(place(path), Cow::Borrowed(*bytes));
    }
    for (path, text) in TEMPLATES {
        files.insert((*path).to_owned(), Cow::Borrowed(text.as_bytes()));
    }
    let devcontainer = include_str!("template/devcontainer.json").replace("@REPOSITORY@", HOME);
    files.insert(DEVCONTAINER.to_owned(), devcontainer.into_bytes().into());
    let mut members = Vec::new();
    for folder in MEMBERS {
        let path = format!("{folder}/Cargo.toml");
        let depth = place(&path).matches('/').count();
        let member = Member::read(text(&path)?, depth).with_context(|| path.clone())?;
        // What needs no change keeps its comments.
        if let Some(manifest) = member.changed() {
            files.insert(place(&path), manifest.into_bytes().into());
        }
        members.push(member);
    }
    let folders = MEMBERS.iter().map(|folder| place(folder));
    let manifest = cargo::workspace(text("Cargo.toml")?, folders.collect(), &members)?;
    files.insert("Cargo.toml".to_owned(), manifest.into_bytes().into());
    let lock = cargo::lock(text("Cargo.lock")?, &members)?;
    files.insert("Cargo.lock".to_owned(), lock.into_bytes().into());
    Ok(files)
}

/// Where a file of the repository lies in the learner's folder. Solutions lie out of sight.
fn place(path: &str) -> String {
    if path == "solutions" || path.starts_with("solutions/") {
        return format!(".course/{path}");
    }
    if path.starts_with("LICENSE") {
        return format!("checker/{path}");
    }
    path.to_owned()
}

/// An exercise as it is handed out.
pub fn stub(exercise: &str) -> Option<&'static [u8]> {
    let path = format!("exercises/{exercise}.rs");
    let found = REPOSITORY.iter().find(|(it, _)| *it == path);
    found.map(|(_, bytes)| *bytes)
}

/// The sources below a folder of the repository: paths and texts.
pub fn sources(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let inside = REPOSITORY
        .iter()
        .filter(move |(path, _)| path.starts_with(folder));
    inside.filter_map(|(path, bytes)| Some((*path, std::str::from_utf8(bytes).ok()?)))
}

/// The text of a file of the repository.
fn text(path: &str) -> anyhow::Result<&'static str> {
    let (_, bytes) = REPOSITORY
        .iter()
        .find(|(it, _)| *it == path)
        .with_context(|| format!("failed to find {path} in the command"))?;
    std::str::from_utf8(bytes).with_context(|| format!("failed to read {path} in the command"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::given;

    #[test]
    fn everything_is_there_and_the_solutions_out_of_sight() {
        let files = files().expect("the repository is as expected");
        for path in [
            ".course/solutions/05_lock/1_two_lines.rs",
            ".course/solutions/Cargo.toml",
            ".course/solutions/snapshots/05_lock-1_two_lines@3.snap",
            "Cargo.lock",
            "Cargo.toml",
            "checker/LICENSE-MIT",
            "checker/sched/runtime/src/lib.rs",
            "course.md",
            "exercises/course.toml",
        ] {
            assert!(files.contains_key(path), "{path}");
        }
        let seen = |path: &&String| !path.starts_with(".course/") && path.contains("solutions");
        assert_eq!(files.keys().find(seen), None);
    }

    #[test]
    fn every_exercise_has_a_learners_part() {
        let files = files().expect("the repository is as expected");
        let mut exercises = 0;
        for (path, bytes) in &files {
            if path.starts_with("exercises/") && path.ends_with(".rs") {
                let text = std::str::from_utf8(bytes).expect("is text");
                assert!(given::split(text).is_some(), "{path}");
                exercises += 1;
            }
        }
        assert!(exercises > 0);
    }
}
