//! Places in the source.

use std::fmt;
use std::sync::Arc;

/// A place in the source, as `#[track_caller]` tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// The file as it was given to the compiler.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// How the names of the files of the course's own libraries begin.
pub(crate) const OURS: &[u8] = b"checker/";

impl Site {
    /// Whether this is a line of the course's own libraries: it tells a learner nothing.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.file.as_bytes().starts_with(OURS)
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
