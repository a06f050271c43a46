//! `OnceLock`: a value that is set once.
//!
//! # Safety
//!
//! The value is written only inside [`Once`], by one thread at a time, or with the lock borrowed
//! mutably. It is read only when that is done, and then it stays until somebody has the lock alone.

use ::real::cell::UnsafeCell;
use ::real::fmt;
use ::real::format_args;
use ::real::panic::{Location, RefUnwindSafe, UnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::unreachable;

use ::sched_model::ObjectKind;
use ::sched_runtime::Caller;

use super::once::Once;

/// See [`::std::sync::OnceLock`].
pub struct OnceLock<T> {
    once: Once,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: a shared lock takes in a value from one thread and may be dropped by another (`T: Send`),
// and gives out shared references to all (`T: Sync`).
unsafe impl<T: Sync + Send> Sync for OnceLock<T> {}

impl<T: RefUnwindSafe + UnwindSafe> RefUnwindSafe for OnceLock<T> {}
impl<T: UnwindSafe> UnwindSafe for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// See [`::std::sync::OnceLock::new`].
    #[must_use]
    #[track_caller]
    pub const fn new() -> OnceLock<T> {
        OnceLock::part_of(ObjectKind::OnceLock, Location::caller())
    }

    /// One that is, or is part of, an object of this kind.
    pub(super) const fn part_of(kind: ObjectKind, made_at: Caller) -> OnceLock<T> {
        OnceLock {
            once: Once::part_of(kind, made_at),
            value: UnsafeCell::new(None),
        }
    }

    /// See [`::std::sync::OnceLock::get`].
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        if self.once.is_done(Location::caller()) {
            self.value()
        } else {
            None
        }
    }

    /// The value, when it was set.
    fn value(&self) -> Option<&T> {
        // SAFETY: aligned and initialised, as a value in a cell is. It is set, so nobody writes it
        // while the lock is shared, as it is as long as the reference lives.
        unsafe { &*self.value.get() }.as_ref()
    }

    /// The value, after it was set.
    pub(super) fn set_value(&self) -> &T {
        match self.value() {
            Some(value) => value,
            None => unreachable!("it was set once"),
        }
    }

    /// See [`::std::sync::OnceLock::get_mut`].
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().as_mut()
    }

    /// See [`::std::sync::OnceLock::wait`].
    #[track_caller]
    pub fn wait(&self) -> &T {
        self.once.wait_force();
        self.set_value()
    }

    /// See [`::std::sync::OnceLock::set`].
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.fill(Location::caller(), &mut || value.take());
        match value {
            None => Ok(()),
            Some(value) => Err(value),
        }
    }

    /// See [`::std::sync::OnceLock::get_or_init`].
    #[track_caller]
    pub fn get_or_init<F>(&self, f: F) -> &T
    where
        F: FnOnce() -> T,
    {
        let mut f = Some(f);
        self.fill(Location::caller(), &mut || f.take().map(|f| f()));
        self.set_value()
    }

    /// Sets the value to what `make` makes, unless it is set.
    pub(super) fn fill(&self, caller: Caller, make: &mut dyn FnMut() -> Option<T>) {
        self.once.call(true, caller, &mut |_| {
            let value = make();
            // SAFETY: aligned, as a value in a cell is. This is the one attempt at this time, and
            // nobody has a reference before it is done. What is overwritten, and dropped, is
            // `None`, also after an attempt that panicked.
            unsafe { *self.value.get() = value };
        });
    }

    /// Sets the value, which is not set, for who has the lock alone.
    pub(super) fn put(&mut self, value: T) {
        self.once.set_done(true);
        *self.value.get_mut() = Some(value);
    }

    /// See [`::std::sync::OnceLock::into_inner`].
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    /// See [`::std::sync::OnceLock::take`].
    pub fn take(&mut self) -> Option<T> {
        if self.value.get_mut().is_some() {
            self.once.set_done(false);
        }
        self.value.get_mut().take()
    }
}

impl<T> Default for OnceLock<T> {
    #[track_caller]
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_tuple("OnceLock");
        match self.get() {
            Some(value) => shown.field(value),
            None => shown.field(&format_args!("<uninit>")),
        };
        shown.finish()
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    #[track_caller]
    fn clone(&self) -> OnceLock<T> {
        match self.get() {
            Some(value) => OnceLock::from(value.clone()),
            None => OnceLock::new(),
        }
    }
}

impl<T> From<T> for OnceLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        let mut lock = OnceLock::new();
        lock.put(value);
        lock
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    fn eq(&self, other: &OnceLock<T>) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}
