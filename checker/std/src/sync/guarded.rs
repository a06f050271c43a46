//! What locks guard, and the guards through which alone it is reached.
//!
//! # Safety
//!
//! A guard is made only here, right after its lock was taken, and the lock is given back when the
//! guard is dropped, or while it is borrowed mutably. A lock can be held for writing by one guard
//! alone, or for reading by any number (see [`Raw`]). So as long as there is a guard, nobody else
//! changes what it gives out, and as long as there is one for writing, nobody else sees it.

use ::real::cell::UnsafeCell;
use ::real::marker::PhantomData;
use ::real::mem::ManuallyDrop;
use ::real::panic::{RefUnwindSafe, UnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::ptr::NonNull;
use ::real::sync::{LockResult, TryLockError, TryLockResult};

use ::sched_model::Act;
use ::sched_model::Op;
use ::sched_runtime::{Caller, attached, kernel, record};

use super::poisoning::{Before, Poison, lock_result};
use super::raw::{How, Raw};
use super::raw_mutex::RawMutex;
use super::raw_rwlock::RawRwLock;
use super::used::Used;

/// A lock with what it guards.
pub(super) struct Guarded<R, T: ?Sized> {
    raw: R,
    poison: Poison,
    data: UnsafeCell<T>,
}

// SAFETY: a shared mutex gives out its data to one thread at a time, so it is as if the data were
// sent from thread to thread, which `T: Send` allows.
unsafe impl<T: ?Sized + Send> Sync for Guarded<RawMutex, T> {}

// SAFETY: a shared lock gives out the data to one thread alone, which `T: Send` allows, or shared
// references to several, which `T: Sync` allows.
unsafe impl<T: ?Sized + Send + Sync> Sync for Guarded<RawRwLock, T> {}

impl<R, T: ?Sized> UnwindSafe for Guarded<R, T> {}
impl<R, T: ?Sized> RefUnwindSafe for Guarded<R, T> {}

impl<R, T> Guarded<R, T> {
    pub(super) const fn new(raw: R, data: T) -> Self {
        Self {
            raw,
            poison: Poison::new(),
            data: UnsafeCell::new(data),
        }
    }

    pub(super) fn into_inner(self) -> LockResult<T> {
        lock_result(self.poison.is_seen(), self.data.into_inner())
    }
}

impl<R: Raw, T: ?Sized> Guarded<R, T> {
    /// Waits until the lock can be held for writing; `wrap` makes the guard that is returned.
    pub(super) fn write<'a, G>(
        &'a self,
        caller: Caller,
        wrap: impl FnOnce(Writer<'a, R, T>) -> G,
    ) -> LockResult<G> {
        self.raw.lock(How::Write, caller);
        self.poison.lock_result(wrap(Writer::new(self, caller)))
    }

    /// The same if that is possible at once.
    pub(super) fn try_write<'a, G>(
        &'a self,
        caller: Caller,
        wrap: impl FnOnce(Writer<'a, R, T>) -> G,
    ) -> TryLockResult<G> {
        if !self.raw.try_lock(How::Write, caller) {
            return Err(TryLockError::WouldBlock);
        }
        Ok(self.poison.lock_result(wrap(Writer::new(self, caller)))?)
    }

    pub(super) fn get_mut(&mut self) -> LockResult<&mut T> {
        lock_result(self.poison.is_seen(), self.data.get_mut())
    }

    /// Whether it is poisoned, which the program is told now, without a point.
    pub(super) fn has_poison(&self) -> bool {
        self.poison.is_seen()
    }

    /// Looks whether it is poisoned: a point, and nothing changes.
    pub(super) fn is_poisoned(&self, caller: Caller) -> bool {
        if !attached::controlled() {
            return self.poison.is_seen();
        }
        let object = self.raw.object();
        kernel::point(Op::Look, object, caller);
        let seen = self.poison.is_seen();
        record::looked(object, Act::Looked, u64::from(seen));
        seen
    }

    /// Takes the poison away, which others can find out.
    pub(super) fn clear_poison(&self, caller: Caller) {
        if !attached::controlled() {
            return self.poison.clear();
        }
        let object = self.raw.object();
        kernel::point(Op::Sign, object, caller);
        self.poison.clear();
        record::act(object, Act::Cleared, 0);
    }
}

impl<T: ?Sized> Guarded<RawRwLock, T> {
    /// Waits until the lock can be held for reading; `wrap` makes the guard that is returned.
    pub(super) fn read<'a, G>(
        &'a self,
        caller: Caller,
        wrap: impl FnOnce(Reader<'a, T>) -> G,
    ) -> LockResult<G> {
        self.raw.lock(How::Read, caller);
        self.poison.lock_result(wrap(Reader::new(self, caller)))
    }

    /// The same if that is possible at once.
    pub(super) fn try_read<'a, G>(
        &'a self,
        caller: Caller,
        wrap: impl FnOnce(Reader<'a, T>) -> G,
    ) -> TryLockResult<G> {
        if !self.raw.try_lock(How::Read, caller) {
            return Err(TryLockError::WouldBlock);
        }
        Ok(self.poison.lock_result(wrap(Reader::new(self, caller)))?)
    }
}

/// Holds a lock for writing.
pub(super) struct Writer<'a, R: Raw, T: ?Sized> {
    lock: &'a Guarded<R, T>,
    before: Before,
    caller: Caller,
    used: Used,
    /// A guard stays on its thread.
    here: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives out shared references to the data only, which `T: Sync` allows.
unsafe impl<R: Raw + Sync, T: ?Sized + Sync> Sync for Writer<'_, R, T> {}

impl<'a, R: Raw, T: ?Sized> Writer<'a, R, T> {
    /// Of a lock that this task has just taken for writing.
    fn new(lock: &'a Guarded<R, T>, caller: Caller) -> Self {
        Self {
            lock,
            before: Poison::before(),
            caller,
            used: Used::default(),
            here: PhantomData,
        }
    }

    #[track_caller]
    pub(super) fn get(&self) -> &T {
        self.used.sees(|| self.lock.raw.object());
        // SAFETY: aligned and initialised, as a value in a cell is. Nobody else changes it as long
        // as this guard lives, and through the guard nobody does while it is borrowed.
        unsafe { &*self.lock.data.get() }
    }

    #[track_caller]
    pub(super) fn get_mut(&mut self) -> &mut T {
        self.used.changes(|| self.lock.raw.object());
        // SAFETY: aligned and initialised, as a value in a cell is. Nobody else sees it as long as
        // this guard lives, which is borrowed for this reference alone.
        unsafe { &mut *self.lock.data.get() }
    }

    /// Whether the lock is poisoned by now, which the program is told.
    pub(super) fn has_poison(&self) -> bool {
        self.lock.poison.is_seen()
    }
}

impl<T: ?Sized> Writer<'_, RawMutex, T> {
    /// Gives the mutex back while `wait` waits, and takes it again.
    pub(super) fn suspended<R>(&mut self, caller: Caller, wait: impl FnOnce() -> R) -> R {
        self.lock.raw.suspend();
        let result = wait();
        self.lock.raw.resume(caller);
        self.used.anew();
        result
    }
}

impl<'a, T: ?Sized> Writer<'a, RawRwLock, T> {
    /// Goes on reading; nobody writes in between.
    pub(super) fn downgrade(self, caller: Caller) -> Reader<'a, T> {
        // It ends without giving the lock back.
        let writer = ManuallyDrop::new(self);
        let lock = writer.lock;
        lock.poison.after(writer.before);
        lock.raw.downgrade(caller);
        Reader::new(lock, caller)
    }
}

impl<R: Raw, T: ?Sized> Drop for Writer<'_, R, T> {
    fn drop(&mut self) {
        self.lock.poison.after(self.before);
        self.lock.raw.unlock(How::Write, self.caller);
    }
}

/// Holds a lock for reading.
pub(super) struct Reader<'a, T: ?Sized> {
    /// A pointer and no reference to the lock: readers of a subtype are readers. It also keeps the
    /// guard on its thread.
    data: NonNull<T>,
    raw: &'a RawRwLock,
    caller: Caller,
    used: Used,
}

// SAFETY: a shared guard gives out shared references to the data only, which `T: Sync` allows.
unsafe impl<T: ?Sized + Sync> Sync for Reader<'_, T> {}

impl<'a, T: ?Sized> Reader<'a, T> {
    /// Of a lock that this task has just taken for reading.
    fn new(lock: &'a Guarded<RawRwLock, T>, caller: Caller) -> Self {
        // SAFETY: the address of a cell is not null.
        let data = unsafe { NonNull::new_unchecked(lock.data.get()) };
        Self {
            data,
            raw: &lock.raw,
            caller,
            used: Used::default(),
        }
    }

    #[track_caller]
    pub(super) fn get(&self) -> &T {
        self.used.sees(|| self.raw.object());
        // SAFETY: aligned and initialised, as a value in a cell is, and inside the lock, which is
        // borrowed as long as the guard lives. Nobody changes it as long as the guard lives.
        unsafe { self.data.as_ref() }
    }
}

impl<T: ?Sized> Drop for Reader<'_, T> {
    fn drop(&mut self) {
        self.raw.unlock(How::Read, self.caller);
    }
}

/// What the guards have that std's have.
macro_rules! guards {
    ($guard:ident) => {
        impl<T: ?Sized> ::real::ops::Deref for $guard<'_, T> {
            type Target = T;

            #[track_caller]
            fn deref(&self) -> &T {
                self.0.get()
            }
        }

        impl<T: ?Sized + ::real::fmt::Debug> ::real::fmt::Debug for $guard<'_, T> {
            fn fmt(&self, f: &mut ::real::fmt::Formatter<'_>) -> ::real::fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + ::real::fmt::Display> ::real::fmt::Display for $guard<'_, T> {
            fn fmt(&self, f: &mut ::real::fmt::Formatter<'_>) -> ::real::fmt::Result {
                (**self).fmt(f)
            }
        }
    };
    (mut $guard:ident) => {
        super::guarded::guards!($guard);

        impl<T: ?Sized> ::real::ops::DerefMut for $guard<'_, T> {
            #[track_caller]
            fn deref_mut(&mut self) -> &mut T {
                self.0.get_mut()
            }
        }
    };
}
pub(super) use guards;

/// What the locks have that std's have. `$try` makes a guard for looking, `$locked` is shown where
/// there is none to be had.
macro_rules! locks {
    ($lock:ident, $raw:ident, $try:ident, $locked:expr) => {
        impl<T> $lock<T> {
            #[doc = ::real::concat!("See [`::std::sync::", ::real::stringify!($lock), "::new`].")]
            #[track_caller]
            pub const fn new(t: T) -> $lock<T> {
                $lock(Guarded::new($raw::new(Location::caller()), t))
            }
        }

        impl<T: ?Sized> $lock<T> {
            #[doc = ::real::concat!(
                                "See [`::std::sync::", ::real::stringify!($lock), "::is_poisoned`]."
                            )]
            #[track_caller]
            pub fn is_poisoned(&self) -> bool {
                self.0.is_poisoned(Location::caller())
            }

            #[doc = ::real::concat!(
                                "See [`::std::sync::", ::real::stringify!($lock), "::clear_poison`]."
                            )]
            #[track_caller]
            pub fn clear_poison(&self) {
                self.0.clear_poison(Location::caller());
            }

            #[doc = ::real::concat!(
                                "See [`::std::sync::", ::real::stringify!($lock), "::into_inner`]."
                            )]
            pub fn into_inner(self) -> LockResult<T>
            where
                T: Sized,
            {
                self.0.into_inner()
            }

            #[doc = ::real::concat!("See [`::std::sync::", ::real::stringify!($lock), "::get_mut`].")]
            pub fn get_mut(&mut self) -> LockResult<&mut T> {
                self.0.get_mut()
            }
        }

        impl<T> From<T> for $lock<T> {
            #[track_caller]
            fn from(t: T) -> Self {
                $lock::new(t)
            }
        }

        impl<T: Default> Default for $lock<T> {
            #[track_caller]
            fn default() -> $lock<T> {
                $lock::new(Default::default())
            }
        }

        impl<T: ?Sized + ::real::fmt::Debug> ::real::fmt::Debug for $lock<T> {
            fn fmt(&self, f: &mut ::real::fmt::Formatter<'_>) -> ::real::fmt::Result {
                let mut shown = f.debug_struct(::real::stringify!($lock));
                match self.$try() {
                    Ok(guard) => shown.field("data", &&*guard),
                    Err(TryLockError::Poisoned(error)) => shown.field("data", &&**error.get_ref()),
                    Err(TryLockError::WouldBlock) => shown.field("data", &$locked),
                };
                shown.field("poisoned", &self.0.has_poison());
                shown.finish_non_exhaustive()
            }
        }
    };
}
pub(super) use locks;
