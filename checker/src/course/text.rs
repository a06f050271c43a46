//! A program's text, read once: what is judged, blamed, shown and remembered is the same text, whatever is
//! saved meanwhile.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use crate::facts::given;
use crate::support::hash;

/// A file as it was when it was read; cheap to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The file.
    pub file: PathBuf,
    /// What was in it, or why there is nothing.
    pub bytes: Result<Arc<[u8]>, Absent>,
}

/// Why there is no text; each with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// There is no such file.
    Missing(String),
    /// There is a file that cannot be read.
    Unreadable(String),
    /// What was handed in cannot be taken.
    Refused(String),
    /// Nothing was handed in.
    NotHandedIn(String),
}

impl Text {
    /// Reads a file.
    pub fn read(file: PathBuf) -> Text {
        let bytes = std::fs::read(&file).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Absent::Missing(error.to_string()),
            _ => Absent::Unreadable(error.to_string()),
        });
        let bytes = bytes.map(Arc::from);
        Text { file, bytes }
    }

    /// What was handed in as that file, or why nothing was.
    pub fn handed_in(file: PathBuf, bytes: Result<Arc<[u8]>, Absent>) -> Text {
        Text { file, bytes }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes.as_ref().ok()?).ok()
    }

    /// The hash of the learner's part: what is below the given line is not theirs.
    pub fn hash(&self) -> Option<String> {
        let part = self.as_str().and_then(given::split);
        let part = part.map(|(own, _)| own.as_bytes());
        Some(hash::hex(part.or(self.bytes.as_deref().ok())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_learners_part_is_hashed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.rs");
        let hash = |own: &str, given: &str| {
            let text = format!("{own}\n{}\n{given}\n", given::MARKER);
            std::fs::write(&path, text).expect("written");
            Text::read(path.clone()).hash().expect("can be read")
        };
        let before = hash("fn a() {}", "fn main() {}");
        assert_eq!(hash("fn a() {}", "fn other() {}"), before);
        assert_ne!(hash("fn b() {}", "fn main() {}"), before);
        assert_eq!(Text::read("/no/such/file".into()).hash(), None);
    }

    #[test]
    fn a_text_is_as_it_was_when_it_was_read() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "before").expect("written");
        let text = Text::read(file.path().to_owned());
        std::fs::write(file.path(), "after").expect("written");
        assert_eq!(text.as_str(), Some("before"));
    }
}
