//! Facts: what is known of runs, exercises and learners, as data that one step makes and others read, tell
//! or save. Nothing here knows who makes it.

pub mod about;
pub mod given;
mod verdict;

pub use about::About;
pub use verdict::{Exhaustive, Finding, FirstFailure, Outcome, Place, Started, Timings, Verdict};
