//! `std::process`: process ids are virtual under check, and who ends a process says at which line.

pub use ::real::process::*;

use ::real::panic::Location;

use ::sched_runtime::{attached, kernel};

/// See [`::std::process::id`]: virtual under check.
#[must_use]
pub fn id() -> u32 {
    if attached::controlled() {
        kernel::pid()
    } else {
        ::real::process::id()
    }
}

/// See [`::std::process::exit`].
#[track_caller]
pub fn exit(code: i32) -> ! {
    crate::start::leaving_at(Location::caller());
    ::real::process::exit(code)
}

/// See [`::std::process::abort`].
#[track_caller]
pub fn abort() -> ! {
    crate::start::leaving_at(Location::caller());
    ::real::process::abort()
}
