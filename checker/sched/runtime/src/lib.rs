//! The scheduler's part inside the learner's program: what `mp` and the checked std are written over.
//!
//! At a scheduling point ([`kernel::point`]) the task that has the baton decides who goes on, and
//! hands over. In a plain run the same functions are Linux's own futexes and processes ([`plain`]),
//! and what only the scheduler needs does nothing. [`server`] is what a program is before its main
//! when the checker started it: a process a schedule, and their end.

#![deny(unsafe_code)]

pub mod atomic;
#[allow(unsafe_code, reason = "the world is reached here by a task's own code")]
pub mod attached;
mod ending;
mod ends;
mod exits;
pub mod file;
#[allow(unsafe_code, reason = "frames of calls are read by address")]
mod frames;
pub mod identity;
pub mod ids;
pub mod kernel;
pub mod liberty;
pub mod memory;
mod object;
pub mod otherwise;
pub mod outside;
pub mod plain;
pub mod print;
pub mod process;
pub mod record;
mod room;
#[allow(unsafe_code, reason = "the world of the supervisor")]
pub mod server;
pub mod thread;
pub mod trial;
mod until;
mod walk;
pub mod word_lock;
pub mod words;

pub use object::{Caller, Object};
pub use sched_segment::os::{computing, sys};
pub use sched_segment::protocol::SCRATCH;
pub use until::Until;
