//! What an update did to the files of a learner's folder.

/// What was done, by the files' paths.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those that were not there.
    pub added: Vec<String>,
    /// Those that were replaced, in whole or their given part.
    pub renewed: Vec<String>,
    /// What was removed.
    pub removed: Vec<String>,
    /// The copies of what was changed.
    pub kept: Vec<String>,
    /// Exercises that were left alone, because the line between the parts is missing.
    pub left: Vec<String>,
}

impl Changes {
    /// Whether the folder was as it should be.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }
}
