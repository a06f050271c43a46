//! `RwLock` and its guards.
//!
//! # Safety
//!
//! What a lock guards is reached through guards: one for writing, or any number for reading,
//! because [`RawRwLock`] lets nobody else in before they are gone.

use ::real::cell::UnsafeCell;
use ::real::fmt;
use ::real::format_args;
use ::real::marker::PhantomData;
use ::real::mem::ManuallyDrop;
use ::real::ops::{Deref, DerefMut};
use ::real::panic::{Location, RefUnwindSafe, UnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::ptr::NonNull;
use ::real::sync::{LockResult, TryLockError, TryLockResult};

use ::sched::kernel::Caller;

use super::poisoning::{Before, Poison, answer};
use super::raw_rwlock::{How, RawRwLock};
use super::used::Used;

/// See [`std::sync::RwLock`].
pub struct RwLock<T: ?Sized> {
    raw: RawRwLock,
    poison: Poison,
    data: UnsafeCell<T>,
}

// SAFETY: a shared lock gives out the data to one thread alone, which `T: Send` allows, or shared
// references to several, which `T: Sync` allows.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}

impl<T: ?Sized> UnwindSafe for RwLock<T> {}
impl<T: ?Sized> RefUnwindSafe for RwLock<T> {}

impl<T> RwLock<T> {
    /// See [`std::sync::RwLock::new`].
    #[track_caller]
    pub const fn new(t: T) -> RwLock<T> {
        RwLock {
            raw: RawRwLock::new(Location::caller()),
            poison: Poison::new(),
            data: UnsafeCell::new(t),
        }
    }
}

impl<T: ?Sized> RwLock<T> {
    /// See [`std::sync::RwLock::read`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        let caller = Location::caller();
        self.raw.lock(How::Read, caller);
        self.poison.answer(RwLockReadGuard::new(self, caller))
    }

    /// See [`std::sync::RwLock::try_read`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        let caller = Location::caller();
        if self.raw.try_lock(How::Read, caller) {
            Ok(self.poison.answer(RwLockReadGuard::new(self, caller))?)
        } else {
            Err(TryLockError::WouldBlock)
        }
    }

    /// See [`std::sync::RwLock::write`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        let caller = Location::caller();
        self.raw.lock(How::Write, caller);
        self.poison.answer(RwLockWriteGuard::new(self, caller))
    }

    /// See [`std::sync::RwLock::try_write`].
    ///
    /// # Errors
    ///
    /// As the real one.
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        let caller = Location::caller();
        if self.raw.try_lock(How::Write, caller) {
            Ok(self.poison.answer(RwLockWriteGuard::new(self, caller))?)
        } else {
            Err(TryLockError::WouldBlock)
        }
    }

    /// See [`std::sync::RwLock::is_poisoned`].
    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        self.raw.look(Location::caller(), || self.poison.is_set())
    }

    /// See [`std::sync::RwLock::clear_poison`].
    #[track_caller]
    pub fn clear_poison(&self) {
        self.raw.change(Location::caller(), || self.poison.clear());
    }

    /// See [`std::sync::RwLock::into_inner`].
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

    /// See [`std::sync::RwLock::get_mut`].
    ///
    /// # Errors
    ///
    /// As the real one.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        answer(self.poison.is_set(), self.data.get_mut())
    }
}

impl<T> From<T> for RwLock<T> {
    #[track_caller]
    fn from(t: T) -> Self {
        RwLock::new(t)
    }
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> RwLock<T> {
        RwLock::new(Default::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RwLock");
        match self.try_read() {
            Ok(guard) => shown.field("data", &&*guard),
            Err(TryLockError::Poisoned(error)) => shown.field("data", &&**error.get_ref()),
            Err(TryLockError::WouldBlock) => shown.field("data", &format_args!("<locked>")),
        };
        shown.field("poisoned", &self.poison.is_set());
        shown.finish_non_exhaustive()
    }
}

/// See [`std::sync::RwLockReadGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockReadGuard<'rwlock, T: ?Sized + 'rwlock> {
    /// A pointer and no reference to the lock: readers of a subtype are readers. It also keeps the
    /// guard on its thread.
    data: NonNull<T>,
    raw: &'rwlock RawRwLock,
    caller: Caller,
    used: Used,
}

// SAFETY: a shared guard gives out shared references to the data only, which `T: Sync` allows.
unsafe impl<T: ?Sized + Sync> Sync for RwLockReadGuard<'_, T> {}

impl<'rwlock, T: ?Sized> RwLockReadGuard<'rwlock, T> {
    /// Of a lock that this task just took for reading.
    fn new(lock: &'rwlock RwLock<T>, caller: Caller) -> Self {
        // SAFETY: the address of a cell is not null.
        let data = unsafe { NonNull::new_unchecked(lock.data.get()) };
        RwLockReadGuard {
            data,
            raw: &lock.raw,
            caller,
            used: Used::default(),
        }
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        self.used.sees(|| self.raw.object(), Location::caller());
        // SAFETY: points into the lock, which is borrowed as long as the guard lives; while there is
        // a guard for reading there is none for writing.
        unsafe { self.data.as_ref() }
    }
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    fn drop(&mut self) {
        self.raw.unlock(How::Read, self.caller);
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// See [`std::sync::RwLockWriteGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockWriteGuard<'rwlock, T: ?Sized + 'rwlock> {
    lock: &'rwlock RwLock<T>,
    before: Before,
    caller: Caller,
    used: Used,
    /// A guard stays on its thread.
    here: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives out shared references to the data only, which `T: Sync` allows.
unsafe impl<T: ?Sized + Sync> Sync for RwLockWriteGuard<'_, T> {}

impl<'rwlock, T: ?Sized> RwLockWriteGuard<'rwlock, T> {
    /// Of a lock that this task just took for writing.
    fn new(lock: &'rwlock RwLock<T>, caller: Caller) -> Self {
        RwLockWriteGuard {
            lock,
            before: Poison::before(),
            caller,
            used: Used::default(),
            here: PhantomData,
        }
    }

    /// See [`std::sync::RwLockWriteGuard::downgrade`].
    #[track_caller]
    pub fn downgrade(s: Self) -> RwLockReadGuard<'rwlock, T> {
        let caller = Location::caller();
        // It ends without giving the lock back.
        let guard = ManuallyDrop::new(s);
        let lock = guard.lock;
        lock.poison.after(guard.before);
        lock.raw.downgrade(caller);
        RwLockReadGuard::new(lock, caller)
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        let object = || self.lock.raw.object();
        self.used.sees(object, Location::caller());
        // SAFETY: this is the one guard, and it is borrowed as long as the reference lives.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        let object = || self.lock.raw.object();
        self.used.changes(object, Location::caller());
        // SAFETY: as above; it is borrowed for this reference alone.
        unsafe { &mut *self.lock.data.get() }
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        self.lock.poison.after(self.before);
        self.lock.raw.unlock(How::Write, self.caller);
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
