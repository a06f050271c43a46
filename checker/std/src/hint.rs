//! Mirror of [`::std::hint`]: a task that spins lets the others go on, whatever it spins for.

use ::real::panic::Location;

use ::sched_runtime::{attached, kernel};

pub use ::real::hint::*;

/// See [`::std::hint::spin_loop`]. Under check it is a scheduling point, as `yield_now` is: looking
/// at what the loop waits for may be none, such as at the count of an `Arc`.
#[track_caller]
pub fn spin_loop() {
    if attached::controlled() {
        kernel::yield_now(Location::caller());
    } else {
        ::real::hint::spin_loop();
    }
}
