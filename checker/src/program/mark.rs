//! Marks of files (size and time), which show a change without reading the files.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

/// A file as it was when it was looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mark {
    path: PathBuf,
    bytes: u64,
    modified_ns: u128,
}

impl PartialEq for Mark {
    fn eq(&self, other: &Mark) -> bool {
        const SECOND: u128 = 1_000_000_000;
        // A layer of a container's image keeps whole seconds.
        let times = [self.modified_ns, other.modified_ns];
        let rounded = times.iter().any(|time| time % SECOND == 0);
        let same = times[0] == times[1] || rounded && times[0] / SECOND == times[1] / SECOND;
        (&self.path, self.bytes, same) == (&other.path, other.bytes, true)
    }
}

impl Mark {
    /// The mark of a file; `None` where it cannot be looked at.
    pub fn of(path: &Path) -> Option<Mark> {
        Some(Mark::from_metadata(path, &fs::metadata(path).ok()?))
    }

    /// The file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file is as it was.
    pub fn holds(&self) -> bool {
        Mark::of(&self.path).as_ref() == Some(self)
    }

    fn from_metadata(path: &Path, metadata: &Metadata) -> Mark {
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Mark {
            path: path.to_owned(),
            bytes: metadata.len(),
            modified_ns: modified.map_or(0, |time| time.as_nanos()),
        }
    }
}

/// The marks of all files below a folder, in the order of their paths.
///
/// # Errors
///
/// When a folder cannot be looked through.
pub fn below(folder: &Path, marks: &mut Vec<Mark>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            below(&entry.path(), marks)?;
        } else {
            marks.push(Mark::from_metadata(&entry.path(), &metadata));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_has_another_mark() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a/lib.rs");
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, "one").expect("a file");
        let marks = || {
            let mut marks = Vec::new();
            below(folder.path(), &mut marks).expect("can be read");
            marks
        };
        let before = marks();
        assert_eq!(before, marks());
        fs::write(&file, "other").expect("a file");
        assert_ne!(before, marks());
    }

    #[test]
    fn a_time_without_fractions_may_have_lost_them() {
        let mark = |modified_ns| Mark {
            path: "a".into(),
            bytes: 3,
            modified_ns,
        };
        assert_eq!(mark(5_123_456_789), mark(5_000_000_000));
        assert_eq!(mark(5_000_000_000), mark(5_123_456_789));
        assert_ne!(mark(5_123_456_789), mark(5_123_456_788));
        assert_ne!(mark(5_123_456_789), mark(6_000_000_000));
    }

    #[test]
    fn marks_survive_the_stamp_file() {
        let mark = Mark {
            path: "a".into(),
            bytes: 3,
            modified_ns: u128::from(u64::MAX) + 1,
        };
        let text = serde_json::to_string(&mark).expect("is written");
        assert_eq!(serde_json::from_str::<Mark>(&text).expect("is read"), mark);
    }
}
