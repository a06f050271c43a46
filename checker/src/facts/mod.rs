//! Facts: what is known of runs, exercises and learners, as data that one step makes and others read, tell
//! or save. Nothing here knows who makes it.

mod about;
mod changes;
pub mod containment;
mod counterexample;
mod found;
pub mod given;
pub mod limits;
pub mod standing;
mod state;
pub mod table;
pub mod timeline;
pub mod toolchain;
mod verdict;

pub use about::About;
pub use changes::Changes;
pub use counterexample::{Cause, Counterexample, Failing};
pub use found::Found;
pub use state::State;
pub use verdict::{Exhaustive, Finding, FirstFailure, Outcome, Place, Started, Timings, Verdict};
