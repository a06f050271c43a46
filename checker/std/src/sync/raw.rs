//! A lock without what it guards, as its guards use it.

use ::real::prelude::rust_2024::*;

use ::sched_runtime::{Caller, Object};

/// How a task wants to hold a lock.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Read,
    Write,
}

/// A lock without what it guards. From `lock` to `unlock`, who holds it for writing is alone, and
/// who holds it for reading is alone but for other readers.
pub(super) trait Raw {
    /// What it is to the scheduler; no object in a plain run.
    fn object(&self) -> Object;
    /// Waits until it can be held so, and takes it.
    fn lock(&self, how: How, caller: Caller);
    /// Takes it if it can be held so; whether it did.
    fn try_lock(&self, how: How, caller: Caller) -> bool;
    /// Gives it back.
    fn unlock(&self, how: How, caller: Caller);
}
