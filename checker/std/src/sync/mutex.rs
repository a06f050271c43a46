//! `Mutex` and its guard.

use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::sync::{LockResult, TryLockError, TryLockResult};

use ::sched_runtime::Caller;

use super::guarded::{Guarded, Writer, guards, locks};
use super::poisoning::lock_result;
use super::raw_mutex::RawMutex;

/// See [`::std::sync::Mutex`].
pub struct Mutex<T: ?Sized>(Guarded<RawMutex, T>);

locks!(Mutex, RawMutex, try_lock, "<locked>");

impl<T: ?Sized> Mutex<T> {
    /// See [`::std::sync::Mutex::lock`]. Who holds it already waits for itself.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        self.0.write(Location::caller(), MutexGuard)
    }

    /// See [`::std::sync::Mutex::try_lock`].
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        self.0.try_write(Location::caller(), MutexGuard)
    }
}

/// See [`::std::sync::MutexGuard`].
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized + 'a>(Writer<'a, RawMutex, T>);

guards!(mut MutexGuard);

impl<T: ?Sized> MutexGuard<'_, T> {
    /// Gives the mutex back while `wait` waits, and takes it again.
    pub(super) fn suspended<R>(&mut self, caller: Caller, wait: impl FnOnce() -> R) -> R {
        self.0.suspended(caller, wait)
    }

    /// After a wait: what `wrap` makes of this guard, with the poison that others may have left.
    pub(super) fn retaken<R>(self, wrap: impl FnOnce(Self) -> R) -> LockResult<R> {
        lock_result(self.0.has_poison(), wrap(self))
    }
}
