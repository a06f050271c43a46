//! The scheduler's part in the checker: starts checked programs and asks them for schedules.
//!
//! What a run leaves in the shared segment becomes a [`Run`](sched_model::run::Run) here, unless it
//! contradicts what was seen from outside ([`audit`]).

#![deny(unsafe_code)]

pub mod audit;
pub mod decode;
#[allow(unsafe_code, reason = "the world between two runs")]
mod host;
mod launcher;
mod orphans;
pub mod systematic;

pub use host::{Host, HostError, Program, Schedule};
pub use launcher::{Confine, can_contain_runs};
pub use sched_segment::os::cores::{allowed_cores, stay_on};
pub use sched_segment::os::folder;
pub use sched_segment::protocol::{SCRATCH, UNFINISHED};
