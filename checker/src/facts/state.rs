//! The states of a task.

use std::fmt;

use serde::Deserialize;

/// What a task is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It could run, and another one does.
    Ready,
    /// It runs.
    Running,
    /// It waits: for an object, a child's exit, or a time.
    Blocked,
    /// It is gone.
    Exited,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{self:?}");
        f.write_str(&name.to_lowercase())
    }
}
