//! `std::io`: notes that a program uses standard output, whose buffer must then be flushed before
//! a process is copied or ends.

pub use ::real::io::*;

/// See [`::std::io::stdout`].
#[must_use]
pub fn stdout() -> Stdout {
    ::sched_runtime::attached::uses_output();
    ::real::io::stdout()
}
