//! Poison: what a panic with a lock held leaves for those who take it later.

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicU32, Ordering};
use ::real::sync::{LockResult, PoisonError};
use ::real::thread::panicking;

use ::sched_runtime::{record, thread};

/// Whether a lock is poisoned: the number of the task that did it, plus one, or 0. Written by the
/// task that holds the lock; others only look.
pub(super) struct Poison(AtomicU32);

/// Whether the thread was panicking already when a guard was made.
#[derive(Clone, Copy)]
pub(super) struct Before {
    panicking: bool,
}

impl Poison {
    pub(super) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    /// Whether it is poisoned, which the program is told now.
    #[inline]
    pub(super) fn is_seen(&self) -> bool {
        let Some(task) = self.0.load(Ordering::Relaxed).checked_sub(1) else {
            return false;
        };
        record::poison_seen(task);
        true
    }

    pub(super) fn clear(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// A guard begins.
    pub(super) fn before() -> Before {
        Before {
            panicking: panicking(),
        }
    }

    /// A guard ends: a panic that began meanwhile poisons.
    pub(super) fn after(&self, before: Before) {
        if !before.panicking && panicking() {
            let task = thread::current();
            self.0.store(task.saturating_add(1), Ordering::Relaxed);
        }
    }

    /// What taking the lock results in.
    #[inline]
    pub(super) fn lock_result<G>(&self, guard: G) -> LockResult<G> {
        lock_result(self.is_seen(), guard)
    }
}

/// What taking a lock results in.
#[inline]
pub(super) fn lock_result<G>(poisoned: bool, guard: G) -> LockResult<G> {
    if poisoned {
        Err(PoisonError::new(guard))
    } else {
        Ok(guard)
    }
}
