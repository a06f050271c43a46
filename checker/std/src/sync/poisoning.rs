//! Poison: what a panic with a lock held leaves for those who take it later.

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicBool, Ordering};
use ::real::sync::{LockResult, PoisonError};
use ::real::thread::panicking;

/// Whether a lock is poisoned. Written by the task that holds the lock; others only look.
pub(super) struct Poison(AtomicBool);

/// Whether the thread was panicking already when a guard was made.
#[derive(Clone, Copy)]
pub(super) struct Before {
    panicking: bool,
}

impl Poison {
    pub(super) const fn new() -> Self {
        Self(AtomicBool::new(false))
    }

    #[inline]
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn clear(&self) {
        self.0.store(false, Ordering::Relaxed);
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
            self.0.store(true, Ordering::Relaxed);
        }
    }

    /// What taking the lock results in.
    #[inline]
    pub(super) fn lock_result<G>(&self, guard: G) -> LockResult<G> {
        lock_result(self.is_set(), guard)
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
