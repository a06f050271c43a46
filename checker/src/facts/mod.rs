//! Facts: what is known about runs, exercises and learners, as data that one step makes and others
//! read, report or save. Nothing here knows who makes it.

mod about;
mod cause;
mod changes;
pub mod containment;
mod counterexample;
mod edition;
pub mod fact;
mod found;
pub mod given;
pub mod limits;
mod memory;
pub mod named;
pub mod progress;
mod requirement;
pub mod said;
mod seen;
pub mod standing;
pub mod standstill;
mod state;
pub mod table;
mod tasks;
pub mod timeline;
pub mod toolchain;
mod verdict;
pub mod why;

pub use about::About;
pub use cause::Cause;
pub use changes::Changes;
pub use counterexample::{
    Counterexample, Evidence, Experiment, Explanation, Failing, Passing, Proof, Proposal,
};
pub use edition::Edition;
pub use found::Found;
pub use memory::Memory;
pub use requirement::Requirement;
pub use seen::Seen;
pub use state::State;
pub use tasks::Tasks;
pub use verdict::{
    Blame, Exhaustive, Finding, FirstFailure, Long, Outcome, Place, RUNGS, Rerun, Started, Timings,
    Verdict,
};
