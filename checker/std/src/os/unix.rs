//! `std::os::unix`: the real one, but for process ids.

pub use ::real::os::unix::*;

pub mod process {
    //! `std::os::unix::process`: the parent's id is virtual under check.

    pub use ::real::os::unix::process::*;

    use ::sched_runtime::{attached, kernel};

    /// See [`::std::os::unix::process::parent_id`]: virtual under check.
    #[must_use]
    pub fn parent_id() -> u32 {
        if attached::controlled() {
            kernel::parent_pid()
        } else {
            ::real::os::unix::process::parent_id()
        }
    }
}
