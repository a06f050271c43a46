//! Whether a guard was used, and how: recorded once each, with the line, for the explanation of a
//! failure.

use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicBool, Ordering};

use ::sched_model::Act;
use ::sched_runtime::{Object, attached, record};

/// Part of every guard.
#[derive(Default)]
pub(super) struct Used {
    saw: AtomicBool,
    changed: AtomicBool,
}

impl Used {
    /// The caller looks at what is guarded by the lock with this object.
    #[inline]
    #[track_caller]
    pub(super) fn sees(&self, object: impl FnOnce() -> Object) {
        record_once(&self.saw, Act::Saw, object);
    }

    /// The caller borrows it so that it can be changed.
    #[inline]
    #[track_caller]
    pub(super) fn changes(&self, object: impl FnOnce() -> Object) {
        record_once(&self.changed, Act::Changed, object);
    }

    /// The lock was taken once more.
    pub(super) fn anew(&self) {
        self.saw.store(false, Ordering::Relaxed);
        self.changed.store(false, Ordering::Relaxed);
    }
}

#[inline]
#[track_caller]
fn record_once(recorded: &AtomicBool, act: Act, object: impl FnOnce() -> Object) {
    if attached::controlled() && !recorded.load(Ordering::Relaxed) {
        recorded.store(true, Ordering::Relaxed);
        record::guarded(object(), act, Location::caller());
    }
}
