//! `Lock`: one task at a time.

use std::panic::Location;
use std::time::Duration;

use sched_model::ObjectKind;
use sched_model::Op;
use sched_runtime::word_lock;
use sched_runtime::{Caller, Object, Until, kernel, record};

use crate::guard::Owned;
use crate::shared::Block;

/// A lock in shared memory that does not know who holds it. It makes no scheduling points itself.
pub(crate) struct RawLock {
    state: Block,
    pub(crate) object: Object,
}

impl RawLock {
    pub(crate) fn new(kind: ObjectKind, name: &str, caller: Caller) -> Self {
        Self {
            state: Block::new(1),
            object: kernel::object(kind, name, 0, caller),
        }
    }

    pub(crate) fn try_take(&self) -> bool {
        word_lock::try_take(self.state.futex(0))
    }

    /// Takes it; false when the time is over.
    pub(crate) fn take(&self, until: Until, caller: Caller) -> bool {
        word_lock::take(self.state.futex(0), until, self.object, caller)
    }

    /// Gives it back; false if nobody had it.
    pub(crate) fn give(&self) -> bool {
        word_lock::give(self.state.futex(0))
    }
}

/// A lock around the words of one of our own objects, held for a few steps without a point: under
/// check nobody ever waits for it.
pub(crate) struct Inner(Block);

impl Inner {
    pub(crate) fn new() -> Self {
        Self(Block::new(1))
    }

    /// Calls `act` while no other task does the same. It must not panic.
    #[track_caller]
    pub(crate) fn with<R>(&self, act: impl FnOnce() -> R) -> R {
        word_lock::with(self.0.futex(0), act)
    }
}

/// A lock shared by processes, like `multiprocessing.Lock`.
///
/// As in CPython it does not know its owner: any task may release it, and a task that acquires it
/// twice waits for itself. [`Lock::lock`] gives a guard instead, which releases it in every case.
pub struct Lock {
    raw: RawLock,
}

impl Default for Lock {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl Lock {
    /// A free lock.
    ///
    /// # Panics
    ///
    /// When there is no shared memory left; so do all constructors of this crate.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        Self::named("")
    }

    /// A free lock with a name for reports.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str) -> Self {
        Self {
            raw: RawLock::new(ObjectKind::Lock, name, Location::caller()),
        }
    }

    /// Waits until the lock is free and takes it.
    #[track_caller]
    pub fn acquire(&self) {
        self.take(Until::Woken, false, Location::caller());
    }

    /// Like [`Lock::acquire`], but gives up after `timeout`. Returns whether it was taken.
    #[must_use = "the lock is held only if this is true"]
    #[track_caller]
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        self.take(Until::after(Some(timeout)), false, Location::caller())
    }

    /// Takes the lock if it is free. Returns whether it was taken.
    #[must_use = "the lock is held only if this is true"]
    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        let caller = Location::caller();
        kernel::point(Op::TryAcquire, self.raw.object, caller);
        let taken = self.raw.try_take();
        if taken {
            record::acquired(self.raw.object, false);
        } else {
            record::would_block(self.raw.object, caller);
        }
        taken
    }

    /// Gives the lock back. Any task may do so, as in CPython.
    ///
    /// # Panics
    ///
    /// When the lock is not held (`ValueError` in CPython).
    #[track_caller]
    pub fn release(&self) {
        assert!(
            self.give(Location::caller()),
            "release of a lock that is not held"
        );
    }

    /// Waits until the lock is free, takes it, and returns a guard that gives it back when it
    /// goes out of scope, also by an early return or a panic.
    #[must_use = "the lock is given back when the guard is dropped"]
    #[track_caller]
    pub fn lock(&self) -> LockGuard<'_> {
        let caller = Location::caller();
        self.take(Until::Woken, true, caller);
        LockGuard {
            lock: self,
            owned: Owned::new(caller),
        }
    }

    fn take(&self, until: Until, owner_only: bool, caller: Caller) -> bool {
        kernel::point(Op::Acquire, self.raw.object, caller);
        let taken = self.raw.take(until, caller);
        if taken {
            record::acquired(self.raw.object, owner_only);
        } else {
            record::would_block(self.raw.object, caller);
        }
        taken
    }

    fn give(&self, caller: Caller) -> bool {
        kernel::point(Op::Release, self.raw.object, caller);
        let was_held = self.raw.give();
        if was_held {
            record::released(self.raw.object);
        }
        was_held
    }
}

/// A lock that a [`Condition`](crate::Condition) can have: [`Lock`] and [`RLock`](crate::RLock).
pub trait Lockable: sealed::Sealed {}

pub(crate) mod sealed {
    use sched_runtime::Caller;

    /// What a condition does with its lock.
    pub trait Sealed {
        /// Takes it.
        fn enter(&self, caller: Caller);
        /// Gives it back once.
        fn leave(&self, caller: Caller);
        /// Gives it back altogether, without a point of its own; returns how often it was taken.
        fn suspend(&self) -> u64;
        /// Takes it so often, without a point of its own.
        fn resume(&self, depth: u64, caller: Caller);
    }
}

impl Lockable for Lock {}

impl sealed::Sealed for Lock {
    fn enter(&self, caller: Caller) {
        self.take(Until::Woken, true, caller);
    }

    fn leave(&self, caller: Caller) {
        self.give(caller);
    }

    fn suspend(&self) -> u64 {
        record::released(self.raw.object);
        self.raw.give();
        1
    }

    fn resume(&self, _depth: u64, caller: Caller) {
        self.raw.take(Until::Woken, caller);
        record::acquired(self.raw.object, true);
    }
}

/// Holds a [`Lock`] until it is dropped. A copy that a child process got by fork does nothing.
pub struct LockGuard<'a> {
    lock: &'a Lock,
    owned: Owned,
}

impl Drop for LockGuard<'_> {
    fn drop(&mut self) {
        if let Some(caller) = self.owned.by_this_task() {
            self.lock.give(caller);
        }
    }
}
