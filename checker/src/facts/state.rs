//! The states of a task.

use crate::facts::named::named;

named! {
    /// What a task is doing.
    State {
        /// It could run, and another one does.
        Ready = "ready",
        /// It runs.
        Running = "running",
        /// It waits: for an object, a child's exit, or a time.
        Blocked = "blocked",
        /// It is gone.
        Exited = "exited",
    }
}
