//! `Mutex` and its guard.
//!
//! # Safety
//!
//! What a mutex guards is reached through a guard, of which there is one at a time, because
//! [`RawMutex`] is given back only when the guard is gone.

use ::real::cell::UnsafeCell;
use ::real::fmt;
use ::real::marker::PhantomData;
use ::real::ops::{Deref, DerefMut};
use ::real::panic::{Location, RefUnwindSafe, UnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::sync::{LockResult, TryLockError, TryLockResult};

use ::sched::kernel::Caller;

use super::poisoning::{Before, Poison, answer};
use super::raw_mutex::RawMutex;
use super::used::Used;

/// See [`std::sync::Mutex`].
pub struct Mutex<T: ?Sized> {
    raw: RawMutex,
    poison: Poison,
    data: UnsafeCell<T>,
}

// SAFETY: a shared mutex gives out its data to one thread at a time, so it is as if the data were
// sent from thread to thread, which `T: Send` allows.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}

impl<T> Mutex<T> {
    /// See [`std::sync::Mutex::new`].
    #[track_caller]
    pub const fn new(t: T) -> Mutex<T> {
        Mutex {
            raw: RawMutex::new(Location::caller()),
            poison: Poison::new(),
            data: UnsafeCell::new(t),
        }
    }
}

impl<T: ?Sized> Mutex<T> {
    /// See [`std::sync::Mutex::lock`]. Who holds it already waits for itself.
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let caller = Location::caller();
        self.raw.lock(caller);
        self.poison.answer(MutexGuard::new(self, caller))
    }

    /// See [`std::sync::Mutex::try_lock`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let caller = Location::caller();
        if self.raw.try_lock(caller) {
            Ok(self.poison.answer(MutexGuard::new(self, caller))?)
        } else {
            Err(TryLockError::WouldBlock)
        }
    }

    /// See [`std::sync::Mutex::is_poisoned`].
    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        self.raw.look(Location::caller(), || self.poison.is_set())
    }

    /// See [`std::sync::Mutex::clear_poison`].
    #[track_caller]
    pub fn clear_poison(&self) {
        self.raw.change(Location::caller(), || self.poison.clear());
    }

    /// See [`std::sync::Mutex::into_inner`].
    ///
    /// # Errors
    ///
    /// As the real one.
    pub fn into_inner(self) -> LockResult<T>
    where
        T: Sized,
    {
        answer(self.poison.is_set(), self.data.into_inner())
    }

    /// See [`std::sync::Mutex::get_mut`].
    ///
    /// # Errors
    ///
    /// As the real one.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        answer(self.poison.is_set(), self.data.get_mut())
    }
}

impl<T> From<T> for Mutex<T> {
    #[track_caller]
    fn from(t: T) -> Self {
        Mutex::new(t)
    }
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Mutex<T> {
        Mutex::new(Default::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Mutex");
        match self.try_lock() {
            Ok(guard) => shown.field("data", &&*guard),
            Err(TryLockError::Poisoned(error)) => shown.field("data", &&**error.get_ref()),
            Err(TryLockError::WouldBlock) => shown.field("data", &"<locked>"),
        };
        shown.field("poisoned", &self.poison.is_set());
        shown.finish_non_exhaustive()
    }
}

/// See [`std::sync::MutexGuard`].
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized + 'a> {
    lock: &'a Mutex<T>,
    before: Before,
    caller: Caller,
    used: Used,
    /// A guard stays on its thread.
    here: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives out shared references to the data only, which `T: Sync` allows.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Of a mutex that this task just took.
    fn new(lock: &'a Mutex<T>, caller: Caller) -> Self {
        MutexGuard {
            lock,
            before: Poison::before(),
            caller,
            used: Used::default(),
            here: PhantomData,
        }
    }

    /// Gives the mutex back while `wait` waits, and takes it again.
    pub(super) fn suspended<R>(&mut self, caller: Caller, wait: impl FnOnce() -> R) -> R {
        self.lock.raw.suspend();
        let result = wait();
        self.lock.raw.resume(caller);
        self.used.anew();
        result
    }

    /// This guard again, with the poison that others may have left meanwhile.
    pub(super) fn answer<R>(self, with: impl FnOnce(Self) -> R) -> LockResult<R> {
        let poisoned = self.lock.poison.is_set();
        answer(poisoned, with(self))
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        let object = || self.lock.raw.object();
        self.used.sees(object, Location::caller());
        // SAFETY: this is the one guard, and it is borrowed as long as the reference lives.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        let object = || self.lock.raw.object();
        self.used.changes(object, Location::caller());
        // SAFETY: as above; it is borrowed for this reference alone.
        unsafe { &mut *self.lock.data.get() }
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.lock.poison.after(self.before);
        self.lock.raw.unlock(self.caller);
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
