//! How far a learner is with an exercise.

use serde::{Deserialize, Serialize};

use crate::facts::Verdict;

/// The best check of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Best {
    /// What it came to.
    pub verdict: Verdict,
    /// Points reached.
    pub points: u32,
}

/// How far the learner is with an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was never checked.
    NotStarted,
    /// It was checked, with this verdict, and never passed.
    Tried(Verdict),
    /// It passed, and is as it was then.
    Passed,
    /// It passed, and was changed since, and not checked.
    ChangedSince,
    /// It passed, was changed since, and came to this verdict then.
    FailsNow(Verdict),
}
