//! Limits that more than one step keeps to.

/// Costly schedules after which the rest is left out: further ones would only cost as much.
pub const STOPS: usize = 2;
