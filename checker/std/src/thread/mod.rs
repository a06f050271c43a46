//! `std::thread`: threads are tasks of the run, each with a name; what they do to each other is a
//! scheduling point with its line.
//!
//! Threads are the real std's, and so is what others cannot notice of them: thread-local values,
//! ids, results, panics. In a plain run everything goes straight to the real std.

#[allow(unsafe_code, reason = "`spawn_unchecked` is unsafe in std, too")]
mod builder;
mod current;
mod handle;
#[allow(unsafe_code, reason = "a scope of the real std is seen as one of ours")]
mod scoped;

pub use ::real::thread::*;

pub use self::builder::{Builder, spawn};
pub use self::current::{Thread, current, park, park_timeout};
pub use self::handle::{JoinHandle, ScopedJoinHandle};
pub use self::scoped::{Scope, scope};

use ::real::convert::From;
use ::real::num::NonZero;
use ::real::option::Option::Some;
use ::real::panic::Location;
use ::real::result::Result::Ok;
use ::real::time::Duration;

use ::sched_runtime::{attached, kernel};

/// See [`::std::thread::sleep`]: in virtual time under check.
#[track_caller]
pub fn sleep(duration: Duration) {
    if attached::controlled() {
        kernel::sleep(duration, Location::caller());
    } else {
        ::real::thread::sleep(duration);
    }
}

/// See [`::std::thread::sleep_ms`].
#[deprecated(since = "1.6.0", note = "replaced by `std::thread::sleep`")]
#[track_caller]
pub fn sleep_ms(ms: u32) {
    sleep(Duration::from_millis(u64::from(ms)));
}

/// See [`::std::thread::park_timeout_ms`].
#[deprecated(since = "1.6.0", note = "replaced by `std::thread::park_timeout`")]
#[track_caller]
pub fn park_timeout_ms(ms: u32) {
    park_timeout(Duration::from_millis(u64::from(ms)));
}

/// See [`::std::thread::yield_now`].
#[track_caller]
pub fn yield_now() {
    if attached::controlled() {
        kernel::yield_now(Location::caller());
    } else {
        ::real::thread::yield_now();
    }
}

/// See [`::std::thread::available_parallelism`]: always 2 under check, on whatever machine.
pub fn available_parallelism() -> ::real::io::Result<NonZero<usize>> {
    match (attached::controlled(), NonZero::new(2)) {
        (true, Some(two)) => Ok(two),
        _ => ::real::thread::available_parallelism(),
    }
}
