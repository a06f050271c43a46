//! Limits that more than one step keeps to.

/// Costly schedules of a row after which the rest of it is left out: further ones would only cost as much.
pub const STOPS: usize = 2;
