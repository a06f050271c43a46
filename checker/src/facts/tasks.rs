//! What the tasks of an exercise are.

use serde::Deserialize;

/// Whose lines the transcripts of an exercise have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tasks {
    /// Processes: a thread of main does not count as one.
    #[default]
    Processes,
    /// Threads: each is one.
    Threads,
}

impl Tasks {
    /// What one of them is called.
    pub fn one(self) -> &'static str {
        match self {
            Tasks::Processes => "process",
            Tasks::Threads => "thread",
        }
    }

    /// What they are called.
    pub fn name(self) -> &'static str {
        match self {
            Tasks::Processes => "processes",
            Tasks::Threads => "threads",
        }
    }
}
