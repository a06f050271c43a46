//! `Condvar`: threads wait until another says that something has changed.
//!
//! A word counts the notifications. A thread waits until the word has another value than while the
//! thread still held the mutex, so that no notification is missed between unlocking and waiting.

use ::real::fmt;
use ::real::panic::{Location, RefUnwindSafe, UnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::sync::LockResult;
use ::real::sync::atomic::{AtomicU32, Ordering};
use ::real::time::Duration;

use ::sched_model::Op;
use ::sched_model::{Act, ObjectKind};
use ::sched_runtime::kernel::EVERYONE;
use ::sched_runtime::liberty::Woken;
use ::sched_runtime::{Caller, Until, kernel, liberty, otherwise, record};

use super::mirror::Mirror;
use super::mutex::MutexGuard;

/// See [`::std::sync::WaitTimeoutResult`].
#[derive(Debug, PartialEq, Eq, Copy, Clone)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// See [`::std::sync::WaitTimeoutResult::timed_out`].
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

/// See [`::std::sync::Condvar`]. Under check a wait ends by a notification or by its time limit,
/// and a notification is for who has waited longest, except for liberties.
pub struct Condvar {
    notifications: AtomicU32,
    mirror: Mirror,
}

impl UnwindSafe for Condvar {}
impl RefUnwindSafe for Condvar {}

impl Condvar {
    /// See [`::std::sync::Condvar::new`].
    #[must_use]
    #[track_caller]
    pub const fn new() -> Condvar {
        Condvar {
            notifications: AtomicU32::new(0),
            mirror: Mirror::new(ObjectKind::Condvar, Location::caller()),
        }
    }

    /// See [`::std::sync::Condvar::wait`].
    #[track_caller]
    pub fn wait<'a, T>(&self, mut guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.pause(&mut guard, Until::Woken, Location::caller());
        guard.retaken(|guard| guard)
    }

    /// See [`::std::sync::Condvar::wait_while`].
    #[track_caller]
    pub fn wait_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut *guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// See [`::std::sync::Condvar::wait_timeout_ms`].
    #[deprecated(
        since = "1.6.0",
        note = "replaced by `std::sync::Condvar::wait_timeout`"
    )]
    #[track_caller]
    pub fn wait_timeout_ms<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        ms: u32,
    ) -> LockResult<(MutexGuard<'a, T>, bool)> {
        let limit = Duration::from_millis(u64::from(ms));
        let before = |(guard, result): (_, WaitTimeoutResult)| (guard, !result.timed_out());
        match self.wait_timeout(guard, limit) {
            Ok(result) => Ok(before(result)),
            Err(error) => super::poisoning::lock_result(true, before(error.into_inner())),
        }
    }

    /// See [`::std::sync::Condvar::wait_timeout`].
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        dur: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let until = Until::after(Some(dur));
        let notified = self.pause(&mut guard, until, Location::caller());
        guard.retaken(|guard| (guard, WaitTimeoutResult(!notified)))
    }

    /// See [`::std::sync::Condvar::wait_timeout_while`].
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        dur: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let until = Until::after(Some(dur));
        while condition(&mut *guard) {
            if until.is_over() {
                return Ok((guard, WaitTimeoutResult(true)));
            }
            self.pause(&mut guard, until, Location::caller());
            guard = guard.retaken(|guard| (guard, WaitTimeoutResult(false)))?.0;
        }
        Ok((guard, WaitTimeoutResult(false)))
    }

    /// See [`::std::sync::Condvar::notify_one`].
    #[track_caller]
    pub fn notify_one(&self) {
        self.notify(1, Location::caller());
    }

    /// See [`::std::sync::Condvar::notify_all`].
    #[track_caller]
    pub fn notify_all(&self) {
        self.notify(EVERYONE, Location::caller());
    }

    /// Gives the mutex back, waits, and takes it again; false when the time was over.
    fn pause<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        until: Until,
        caller: Caller,
    ) -> bool {
        let object = self.mirror.announce(Op::Receive, caller);
        let seen = self.notifications.load(Ordering::Relaxed);
        guard.suspended(caller, || {
            let woken = match otherwise::takes_kept(object) {
                true => Woken::Told,
                false => liberty::wait(&self.notifications, seen, until, object, caller),
            };
            match woken {
                Woken::Told => record::acquire_edge(object),
                Woken::TimeOver => record::would_block(object, caller),
                Woken::Freely => {}
            }
            woken != Woken::TimeOver
        })
    }

    fn notify(&self, n: u32, caller: Caller) {
        let object = self.mirror.announce(Op::Sign, caller);
        record::release_edge(object);
        self.notifications.fetch_add(1, Ordering::Relaxed);
        let woken = match otherwise::wakes(object, n) {
            1 => liberty::wake_one(&self.notifications, object),
            n => kernel::wake(&self.notifications, n),
        };
        otherwise::woke(object, n, woken);
        record::act(object, Act::Notified, u64::from(woken));
    }
}

impl Default for Condvar {
    #[track_caller]
    fn default() -> Condvar {
        Condvar::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}
