//! `std::thread`: sleeping and yielding are the scheduler's. Threads are not controlled yet.
//!
//! The place for their twins (`spawn`, `scope`, `Builder`, `park`, …) is here. Until then a
//! program that starts one under check gets an inconclusive verdict that names the line.

pub use ::real::thread::*;

use ::real::marker::Send;
use ::real::num::NonZero;
use ::real::ops::FnOnce;
use ::real::option::Option::Some;
use ::real::panic::Location;
use ::real::result::Result::Ok;
use ::real::time::Duration;

use ::sched::kernel;

const UNCONTROLLED: &str = "threads are not controlled yet; use processes";

/// See [`std::thread::sleep`]: in virtual time under check.
#[track_caller]
pub fn sleep(duration: Duration) {
    if kernel::controlled() {
        kernel::sleep(duration, Location::caller());
    } else {
        ::real::thread::sleep(duration);
    }
}

/// See [`std::thread::yield_now`].
#[track_caller]
pub fn yield_now() {
    if kernel::controlled() {
        kernel::yield_now(Location::caller());
    } else {
        ::real::thread::yield_now();
    }
}

/// See [`std::thread::spawn`]. Under check the run ends as inconclusive.
#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    kernel::unsupported(UNCONTROLLED, Some(Location::caller()));
    ::real::thread::spawn(f)
}

/// See [`std::thread::scope`]. Under check the run ends as inconclusive.
#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    kernel::unsupported(UNCONTROLLED, Some(Location::caller()));
    ::real::thread::scope(f)
}

/// See [`std::thread::available_parallelism`]: always 2 under check, on whatever machine.
///
/// # Errors
///
/// As the real one.
pub fn available_parallelism() -> ::real::io::Result<NonZero<usize>> {
    match (kernel::controlled(), NonZero::new(2)) {
        (true, Some(two)) => Ok(two),
        _ => ::real::thread::available_parallelism(),
    }
}
