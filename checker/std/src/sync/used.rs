//! Whether a guard was used, and how: told once each, with the line, for the explanation of a failure.

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicBool, Ordering};

use ::sched::kernel::{self, Caller, Object};
use ::sched::run::Act;

/// Part of every guard.
#[derive(Default)]
pub(super) struct Used {
    saw: AtomicBool,
    changed: AtomicBool,
}

impl Used {
    /// What is guarded by the lock with this object is looked at.
    #[inline]
    pub(super) fn sees(&self, object: impl FnOnce() -> Object, caller: Caller) {
        tell(&self.saw, Act::Saw, object, caller);
    }

    /// It is borrowed so that it can be changed.
    #[inline]
    pub(super) fn changes(&self, object: impl FnOnce() -> Object, caller: Caller) {
        tell(&self.changed, Act::Changed, object, caller);
    }

    /// The lock was taken once more.
    pub(super) fn anew(&self) {
        self.saw.store(false, Ordering::Relaxed);
        self.changed.store(false, Ordering::Relaxed);
    }
}

#[inline]
fn tell(told: &AtomicBool, act: Act, object: impl FnOnce() -> Object, caller: Caller) {
    if kernel::controlled() && !told.load(Ordering::Relaxed) {
        told.store(true, Ordering::Relaxed);
        kernel::guarded(object(), act, caller);
    }
}
