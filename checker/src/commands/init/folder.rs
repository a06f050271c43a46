//! All files of a folder: a learner's, or one in which a course is written.

use std::borrow::Cow;

use anyhow::Context;

use crate::commands::init::cargo::{self, Member};
use crate::commands::init::content::{Content, TEXT};
use crate::commands::init::embedded::{self, Files, text};
use crate::commands::init::manifest::{Kind, Origin};
use crate::course::lists;

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

/// For those who write a course.
const AUTHORING: (&str, &str) = ("AUTHORING.md", include_str!("../../../AUTHORING.md"));

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

/// All files of a learner's folder; of one in which a course is written, all but the course itself.
///
/// # Errors
///
/// When the repository's manifests or its lock file are not as this module expects. A test shows
/// that they are.
pub fn files(content: &Content, origin: &Origin) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for (path, bytes) in embedded::all().filter(|(path, _)| !is_content(path)) {
        files.insert(place(path, origin), Cow::Borrowed(bytes));
    }
    for (path, text) in TEMPLATES {
        let text = content.filled_in(text);
        files.insert((*path).to_owned(), text.into_bytes().into());
    }
    let devcontainer = include_str!("template/devcontainer.json").replace("@REPOSITORY@", HOME);
    files.insert(DEVCONTAINER.to_owned(), devcontainer.into_bytes().into());
    if origin.kind == Kind::Author {
        // What it says is the author's.
        files.remove("README.md");
        let (path, text) = AUTHORING;
        files.insert(path.to_owned(), Cow::Borrowed(text.as_bytes()));
    } else {
        content.place(origin, &mut files);
    }
    let mut members = Vec::new();
    let mut folders = Vec::new();
    for (folder, text) in manifests(content, origin)? {
        let path = place(&format!("{folder}/Cargo.toml"), origin);
        let member =
            Member::read(&text, path.matches('/').count()).with_context(|| path.clone())?;
        if origin.kind != Kind::Author || !is_content(&path) {
            // What needs no change keeps its comments.
            let manifest = member.changed().unwrap_or(text);
            files.insert(path, manifest.into_bytes().into());
        }
        members.push(member);
        folders.push(place(folder, origin));
    }
    let manifest = cargo::workspace(text("Cargo.toml")?, folders, &members)?;
    files.insert("Cargo.toml".to_owned(), manifest.into_bytes().into());
    let lock = cargo::lock(text("Cargo.lock")?, &members)?;
    files.insert("Cargo.lock".to_owned(), lock.into_bytes().into());
    Ok(files)
}

/// The manifests of the packages, by their folders in the repository.
fn manifests(content: &Content, origin: &Origin) -> anyhow::Result<Vec<(&'static str, String)>> {
    let there = |folder: &&&str| **folder != "solutions" || !origin.without_solutions;
    let members = MEMBERS.iter().filter(there);
    members
        .map(|folder| {
            let manifest = text(&format!("{folder}/Cargo.toml"))?;
            let manifest = match is_content(&format!("{folder}/")) {
                true => content.manifest(folder, manifest),
                false => manifest.to_owned(),
            };
            Ok((*folder, manifest))
        })
        .collect()
}

/// Whether a file of the repository is of the course that is written there.
fn is_content(path: &str) -> bool {
    path.starts_with("exercises/") || path.starts_with("solutions/") || path == TEXT
}

/// The manifest of the exercises or of the solutions where these are written, without programs yet.
///
/// # Errors
///
/// As [`files`].
pub fn empty_manifest(folder: &str) -> anyhow::Result<String> {
    let manifest = lists::manifest(
        text(&format!("{folder}/Cargo.toml"))?,
        std::iter::empty(),
        "",
    );
    let member = Member::read(&manifest, 1)?;
    Ok(member.changed().unwrap_or(manifest))
}

/// Where a file of the repository lies in the folder. Solutions lie out of a learner's sight.
fn place(path: &str, origin: &Origin) -> String {
    let is_solution = path == "solutions" || path.starts_with("solutions/");
    if is_solution && origin.kind != Kind::Author {
        return format!(".course/{path}");
    }
    if path.starts_with("LICENSE") {
        return format!("checker/{path}");
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::given;

    fn learners() -> Files {
        let content = Content::built_in().expect("the course is as it must be");
        files(&content, &Origin::default()).expect("the repository is as expected")
    }

    #[test]
    fn what_is_listed_again_is_as_the_repository_has_it() {
        let files = learners();
        let exercises = files["exercises/Cargo.toml"].as_ref();
        assert_eq!(
            exercises,
            text("exercises/Cargo.toml").expect("is there").as_bytes()
        );
        let solutions = String::from_utf8_lossy(&files[".course/solutions/Cargo.toml"]);
        let bins = |text: &str| text.matches("[[bin]]").count();
        assert_eq!(bins(&solutions), bins(&String::from_utf8_lossy(exercises)));
        for (path, bytes) in embedded::all().filter(|(path, _)| !path.ends_with("Cargo.toml")) {
            let there = files.get(&place(path, &Origin::default()));
            assert!(
                path == "Cargo.lock" || there.is_some_and(|it| it.as_ref() == bytes),
                "{path}"
            );
        }
    }

    #[test]
    fn without_solutions_nothing_tells_them() {
        let content = Content::built_in().expect("the course is as it must be");
        let origin = Origin {
            without_solutions: true,
            ..Origin::default()
        };
        let files = files(&content, &origin).expect("the repository is as expected");
        let of_solutions = |path: &&String| path.starts_with(".course/solutions/");
        let told: Vec<_> = files.keys().filter(of_solutions).collect();
        assert!(
            told.iter().all(|path| path.ends_with(".snap")) && !told.is_empty(),
            "{told:?}"
        );
        let stub = &files[".course/stubs/05_lock/1_two_lines.rs"];
        assert_eq!(stub, &files["exercises/05_lock/1_two_lines.rs"]);
        for list in ["Cargo.toml", "Cargo.lock"] {
            assert!(
                !String::from_utf8_lossy(&files[list]).contains("solutions"),
                "{list}"
            );
        }
    }

    #[test]
    fn everything_is_there_and_the_solutions_out_of_sight() {
        let files = learners();
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
        let files = learners();
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
