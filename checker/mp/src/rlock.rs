//! `RLock`: a lock that its owner may take again.

use std::panic::Location;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sched_model::ObjectKind;
use sched_model::Op;
use sched_runtime::{Caller, Until, kernel, record};

use crate::guard::Owned;
use crate::lock::{Lockable, RawLock, sealed};
use crate::shared::Block;

const OWNER: usize = 0;
const DEPTH: usize = 1;

/// A recursive lock shared by processes, like `multiprocessing.RLock`: the owner may acquire it
/// again, must release it as often, and nobody else can.
pub struct RLock {
    raw: RawLock,
    /// The owner's task number (0 for none) and how often it acquired the lock. Only the owner
    /// changes them; as no two tasks have the same number, none takes itself for the owner.
    state: Block,
}

impl Default for RLock {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl RLock {
    /// A free lock.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        Self::named("")
    }

    /// A free lock with a name for reports.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str) -> Self {
        let raw = RawLock::new(ObjectKind::RLock, name, Location::caller());
        Self {
            raw,
            state: Block::new(2),
        }
    }

    /// Takes the lock, once more if this task has it already, waiting while another has it.
    #[track_caller]
    pub fn acquire(&self) {
        self.take(Until::Woken, Location::caller());
    }

    /// Like [`RLock::acquire`], but gives up after `timeout`. Returns whether it was taken.
    #[must_use = "the lock is held only if this is true"]
    #[track_caller]
    pub fn acquire_timeout(&self, timeout: Duration) -> bool {
        self.take(Until::after(Some(timeout)), Location::caller())
    }

    /// Takes the lock if no other task has it. Returns whether it was taken.
    #[must_use = "the lock is held only if this is true"]
    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        let caller = Location::caller();
        kernel::point(Op::TryAcquire, self.raw.object, caller);
        let taken = self.is_mine() || self.raw.try_take();
        if taken {
            self.enter();
        } else {
            record::would_block(self.raw.object, caller);
        }
        taken
    }

    /// Undoes one acquire; the last one gives the lock back.
    ///
    /// # Panics
    ///
    /// When this task does not have the lock (`AssertionError` in CPython).
    #[track_caller]
    pub fn release(&self) {
        assert!(
            self.is_mine(),
            "release of an RLock by a task that does not hold it"
        );
        self.give(Location::caller());
    }

    /// Takes the lock and returns a guard that undoes that when it goes out of scope.
    #[must_use = "the lock is given back when the guard is dropped"]
    #[track_caller]
    pub fn lock(&self) -> RLockGuard<'_> {
        let caller = Location::caller();
        self.take(Until::Woken, caller);
        RLockGuard {
            lock: self,
            owned: Owned::new(caller),
        }
    }

    fn is_mine(&self) -> bool {
        self.state.word(OWNER).load(Ordering::Relaxed) == u64::from(kernel::task_number())
    }

    fn take(&self, until: Until, caller: Caller) -> bool {
        kernel::point(Op::Acquire, self.raw.object, caller);
        let mine = self.is_mine();
        let taken = mine || self.raw.take(until, caller);
        if taken {
            if !mine {
                // Who had it may have ended with it.
                self.state.word(DEPTH).store(0, Ordering::Relaxed);
            }
            self.enter();
        } else {
            record::would_block(self.raw.object, caller);
        }
        taken
    }

    fn enter(&self) {
        let depth = self.state.word(DEPTH).fetch_add(1, Ordering::Relaxed);
        if depth == 0 {
            let me = u64::from(kernel::task_number());
            self.state.word(OWNER).store(me, Ordering::Relaxed);
            record::acquired(self.raw.object, true);
        }
    }

    fn give(&self, caller: Caller) {
        kernel::point(Op::Release, self.raw.object, caller);
        if self.state.word(DEPTH).fetch_sub(1, Ordering::Relaxed) == 1 {
            self.state.word(OWNER).store(0, Ordering::Relaxed);
            self.raw.give();
            record::released(self.raw.object);
        }
    }
}

impl Lockable for RLock {}

impl sealed::Sealed for RLock {
    fn enter(&self, caller: Caller) {
        self.take(Until::Woken, caller);
    }

    fn leave(&self, caller: Caller) {
        self.give(caller);
    }

    fn suspend(&self) -> u64 {
        let depth = self.state.word(DEPTH).swap(0, Ordering::Relaxed);
        self.state.word(OWNER).store(0, Ordering::Relaxed);
        record::released(self.raw.object);
        self.raw.give();
        depth
    }

    fn resume(&self, depth: u64, caller: Caller) {
        self.raw.take(Until::Woken, caller);
        self.enter();
        self.state.word(DEPTH).store(depth, Ordering::Relaxed);
    }
}

/// Holds an [`RLock`] until it is dropped. A copy that a child process got by fork does nothing.
pub struct RLockGuard<'a> {
    lock: &'a RLock,
    owned: Owned,
}

impl Drop for RLockGuard<'_> {
    fn drop(&mut self) {
        if let Some(caller) = self.owned.by_this_task() {
            self.lock.give(caller);
        }
    }
}
