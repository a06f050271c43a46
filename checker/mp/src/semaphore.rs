//! `Semaphore` and `BoundedSemaphore`: a number of permits.

use std::panic::Location;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sched_model::Op;
use sched_model::{Act, ObjectKind};
use sched_runtime::{Caller, Object, Until, kernel, otherwise, record};

use crate::guard::Owned;
use crate::shared::Block;

/// The permits, and the object they belong to.
struct Permits {
    free: Block,
    object: Object,
}

impl Permits {
    fn new(permits: u32, name: &str, caller: Caller) -> Self {
        let free = Block::new(1);
        free.futex(0).store(permits, Ordering::Relaxed);
        let object = kernel::object(ObjectKind::Semaphore, name, 0, caller);
        Self { free, object }
    }

    /// Takes a permit if there is one.
    fn try_take(&self) -> bool {
        let one_less = |free: u32| free.checked_sub(1);
        let took = self
            .free
            .futex(0)
            .try_update(Ordering::Acquire, Ordering::Relaxed, one_less);
        if let Ok(before) = took {
            record::acquire_edge(self.object);
            record::act(self.object, Act::Took, u64::from(before - 1));
        }
        took.is_ok()
    }

    fn take(&self, until: Until, caller: Caller) -> bool {
        kernel::point(Op::Acquire, self.object, caller);
        while !self.try_take() {
            if !kernel::wait(self.free.futex(0), 0, until, self.object, caller) {
                record::would_block(self.object, caller);
                return false;
            }
            if otherwise::is_answered() {
                self.free.futex(0).fetch_add(1, Ordering::Relaxed);
            }
        }
        true
    }

    fn take_now(&self, caller: Caller) -> bool {
        kernel::point(Op::TryAcquire, self.object, caller);
        let taken = self.try_take();
        if !taken {
            record::would_block(self.object, caller);
        }
        taken
    }

    /// Gives a permit back; false if there would be more than `most`.
    fn give(&self, most: u32, caller: Caller) -> bool {
        kernel::point(Op::Release, self.object, caller);
        let word = self.free.futex(0);
        let one_more = |free: u32| free.checked_add(1).filter(|free| *free <= most);
        record::release_edge(self.object);
        let Ok(before) = word.try_update(Ordering::Release, Ordering::Relaxed, one_more) else {
            return false;
        };
        record::act(self.object, Act::Gave, u64::from(before + 1));
        kernel::wake(word, 1);
        true
    }

    fn free(&self, caller: Caller) -> u32 {
        kernel::point(Op::Look, self.object, caller);
        let free = self.free.futex(0).load(Ordering::Relaxed);
        record::looked(self.object, Act::Looked, u64::from(free));
        free
    }
}

macro_rules! semaphore {
    ($name:ident, $most:expr, $what:literal, $releases:literal) => {
        impl $name {
            #[doc = concat!("A semaphore with this many ", $what)]
            #[must_use]
            #[track_caller]
            pub fn new(permits: u32) -> Self {
                Self::named("", permits)
            }

            /// The same, with a name for reports.
            #[must_use]
            #[track_caller]
            pub fn named(name: &str, permits: u32) -> Self {
                Self {
                    permits: Permits::new(permits, name, Location::caller()),
                    first: permits,
                }
            }

            /// Waits until there is a permit and takes it.
            #[track_caller]
            pub fn acquire(&self) {
                self.permits.take(Until::Woken, Location::caller());
            }

            /// Like `acquire`, but gives up after `timeout`. Returns whether a permit was taken.
            #[must_use = "a permit is held only if this is true"]
            #[track_caller]
            pub fn acquire_timeout(&self, timeout: Duration) -> bool {
                let caller = Location::caller();
                self.permits.take(Until::after(Some(timeout)), caller)
            }

            /// Takes a permit if there is one. Returns whether it did.
            #[must_use = "a permit is held only if this is true"]
            #[track_caller]
            pub fn try_acquire(&self) -> bool {
                self.permits.take_now(Location::caller())
            }

            #[doc = $releases]
            #[track_caller]
            pub fn release(&self) {
                self.give(Location::caller());
            }

            /// Waits for a permit and returns a guard that gives it back when it goes out of
            /// scope, also by an early return or a panic.
            #[must_use = "the permit is given back when the guard is dropped"]
            #[track_caller]
            pub fn lock(&self) -> SemaphoreGuard<'_> {
                let caller = Location::caller();
                self.permits.take(Until::Woken, caller);
                SemaphoreGuard {
                    permits: &self.permits,
                    owned: Owned::new(caller),
                }
            }

            /// How many permits there are, like `get_value`. The answer may be out of date at once.
            #[must_use]
            #[track_caller]
            pub fn permits(&self) -> u32 {
                self.permits.free(Location::caller())
            }

            #[track_caller]
            fn give(&self, caller: Caller) {
                let most: fn(u32) -> u32 = $most;
                let given = self.permits.give(most(self.first), caller);
                assert!(
                    given,
                    "release of a semaphore that has all its permits already"
                );
            }
        }
    };
}

/// A number of permits shared by processes, like `multiprocessing.Semaphore`: whoever acquires
/// takes one, waiting while there is none; anyone may release one, also one more than there were.
pub struct Semaphore {
    permits: Permits,
    first: u32,
}

semaphore!(
    Semaphore,
    |_first| u32::MAX,
    "permits.",
    "Gives a permit back, or adds one.\n\n# Panics\n\nWhen there are 2³² − 1 permits already."
);

/// Like [`Semaphore`], but never with more permits than in the beginning, like
/// `multiprocessing.BoundedSemaphore`.
pub struct BoundedSemaphore {
    permits: Permits,
    first: u32,
}

semaphore!(
    BoundedSemaphore,
    |first| first,
    "permits, and never more.",
    "Gives a permit back.\n\n# Panics\n\nWhen there would be more permits than in the beginning \
     (`ValueError` in CPython)."
);

/// Holds a permit of a [`Semaphore`] or [`BoundedSemaphore`] until it is dropped. A copy that a
/// child process got by fork does nothing.
pub struct SemaphoreGuard<'a> {
    permits: &'a Permits,
    owned: Owned,
}

impl Drop for SemaphoreGuard<'_> {
    fn drop(&mut self) {
        if let Some(caller) = self.owned.by_this_task() {
            // A permit that was taken can be given back, whatever the bound.
            self.permits.give(u32::MAX, caller);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BoundedSemaphore, Semaphore};

    #[test]
    fn as_many_get_in_as_there_are_permits() {
        let oven = Semaphore::new(2);
        let first = oven.lock();
        oven.acquire();
        assert!(!oven.try_acquire());
        assert!(!oven.acquire_timeout(Duration::from_millis(1)));
        drop(first);
        assert_eq!(oven.permits(), 1);
        assert!(oven.try_acquire());
    }

    #[test]
    fn without_a_bound_one_may_add_permits() {
        let oven = Semaphore::new(0);
        oven.release();
        assert_eq!(oven.permits(), 1);
    }

    #[test]
    #[should_panic(expected = "has all its permits already")]
    fn with_a_bound_one_may_not() {
        BoundedSemaphore::new(1).release();
    }
}
