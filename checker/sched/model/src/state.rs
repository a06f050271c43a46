//! States of a task, as in the notes.

/// The record is not in use.
pub const FREE: u32 = 0;
/// Could go on.
pub const READY: u32 = 1;
/// Holds the baton.
pub const RUNNING: u32 = 2;
/// Waits for an object or a child (until the deadline, if it has one).
pub const BLOCKED: u32 = 3;
/// Sleeps until `ready_at`.
pub const SLEEPING: u32 = 4;
/// Its process is gone.
pub const EXITED: u32 = 5;
