//! The file `.course/manifest.json`: what `course init` wrote, so that an update can tell what has
//! been changed since.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::commands::init::place;
use crate::facts::given::{self, MARKER};
use crate::report::json;
use crate::support::hash;

/// Where it lies in a learner's folder.
pub const FILE: &str = ".course/manifest.json";

/// Whose course a folder holds, and as what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A learner's folder of the course in the command.
    #[default]
    BuiltIn,
    /// A learner's folder of another course.
    Own,
    /// A folder in which a course is written.
    Author,
}

/// Where a folder's exercises come from, so that an update gets them from there again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Whose course it is.
    #[serde(default)]
    pub kind: Kind,
    /// The address of the Git repository that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Whether the solutions were left out.
    #[serde(default)]
    pub without_solutions: bool,
}

/// What was written, and by whom.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of `course` that wrote the files.
    pub tool: String,
    /// Where the exercises come from.
    #[serde(default)]
    pub origin: Origin,
    /// Whether all files were written.
    pub complete: bool,
    /// The files by their paths from the folder.
    pub files: BTreeMap<String, Written>,
}

/// A file as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Of an exercise: the hash of the learner's part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learner: Option<String>,
    /// The hash of the given part; of other files, of all.
    pub given: String,
}

impl Written {
    /// What to remember of a file.
    pub fn of(path: &str, bytes: &[u8]) -> Written {
        let parts = split(bytes).filter(|_| is_exercise(path));
        Written {
            learner: parts.map(|(learner, _)| hash(learner.as_bytes())),
            given: hash(parts.map_or(bytes, |(_, given)| given.as_bytes())),
        }
    }
}

impl Manifest {
    /// The manifest of a folder that has no files yet.
    pub fn begun(origin: &Origin) -> Manifest {
        Manifest {
            tool: json::TOOL.to_owned(),
            origin: origin.clone(),
            ..Manifest::default()
        }
    }

    /// The manifest of a folder. If there is none that can be read, nothing is known about the
    /// files, and all that differ count as changed.
    pub fn read(root: &Path) -> Manifest {
        let text = fs::read_to_string(root.join(FILE)).ok();
        let manifest = text.and_then(|text| serde_json::from_str(&text).ok());
        manifest.unwrap_or_default()
    }

    /// Writes it into a folder.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, root: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(self).context("failed to write the manifest")?;
        place::write(root, FILE, format!("{text}\n").as_bytes())
    }
}

/// Whether a file is an exercise's, with a learner's part.
pub fn is_exercise(path: &str) -> bool {
    path.starts_with("exercises/") && path.ends_with(".rs")
}

/// The learner's part and the given part, if it is text with the line between them.
pub fn split(bytes: &[u8]) -> Option<(&str, &str)> {
    given::split(std::str::from_utf8(bytes).ok()?)
}

/// The two parts as one file.
pub fn join(learner: &str, given: &str) -> Vec<u8> {
    format!("{learner}{MARKER}\n{given}").into_bytes()
}

/// The hash of some bytes, as the manifest names it.
pub fn hash(bytes: &[u8]) -> String {
    hash::hex(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exercise_has_two_hashes_and_other_files_one() {
        let exercise = join("fn work() {}\n", "fn main() {}\n");
        let written = Written::of("exercises/05_lock/1_a.rs", &exercise);
        assert_eq!(written.learner, Some(hash(b"fn work() {}\n")));
        assert_eq!(written.given, hash(b"fn main() {}\n"));
        let written = Written::of("course.md", &exercise);
        assert_eq!((written.learner, written.given), (None, hash(&exercise)));
    }

    #[test]
    fn what_was_written_is_read_again_and_what_is_broken_tells_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(Manifest::read(folder.path()), Manifest::default());
        let mut manifest = Manifest::begun(&Origin::default());
        let written = Written::of("course.md", b"text");
        manifest.files.insert("course.md".to_owned(), written);
        manifest.write(folder.path()).expect("can be written");
        assert_eq!(Manifest::read(folder.path()), manifest);
        fs::write(folder.path().join(FILE), "{").expect("can be written");
        assert_eq!(Manifest::read(folder.path()), Manifest::default());
    }
}
