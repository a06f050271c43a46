//! Limits that more than one step keeps to.

/// How many costly schedules there may be before the rest is left out: further ones would cost as
/// much and show nothing new.
pub const STOPS: usize = 2;
