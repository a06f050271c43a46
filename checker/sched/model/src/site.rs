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

/// Before the name of a file of the program that is a part of the file of that name: the compiler
/// takes two files of one name for the same.
pub const PART_OF: &str = "./";

/// Before the calls of a way on which a line of the course's own libraries hides those of the program
/// behind it; no call returns to this address.
pub const ON_ITS_OWN: u32 = 1;

/// Whether a file is the `program`'s own, or a part of that. Where nothing is known of the program's file,
/// all are.
pub(crate) fn is_own(file: &[u8], program: &[u8]) -> bool {
    let part = file.strip_prefix(PART_OF.as_bytes()).unwrap_or(file);
    program.is_empty() || part == program
}

/// Whether a file is one of the course's own libraries.
#[must_use]
pub fn is_ours(file: &str) -> bool {
    file.as_bytes().starts_with(OURS)
}

impl Site {
    /// Whether this is a line of the course's own libraries: it tells a learner nothing.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        is_ours(&self.file)
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
