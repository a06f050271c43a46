//! `LazyLock`: a value that is computed when it is first used.

use ::real::fmt;
use ::real::format_args;
use ::real::ops::{Deref, DerefMut};
use ::real::panic;
use ::real::panic::{Location, RefUnwindSafe, UnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::sync::{Mutex, PoisonError};

use ::sched_model::ObjectKind;

use super::once_lock::OnceLock;

/// See [`::std::sync::LazyLock`].
pub struct LazyLock<T, F = fn() -> T> {
    value: OnceLock<T>,
    /// The function; gone once it was called, be it that it panicked. Held only to take it out.
    compute: Mutex<Option<F>>,
}

impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// See [`::std::sync::LazyLock::new`].
    #[track_caller]
    pub const fn new(f: F) -> LazyLock<T, F> {
        LazyLock {
            value: OnceLock::part_of(ObjectKind::LazyLock, Location::caller()),
            compute: Mutex::new(Some(f)),
        }
    }

    /// See [`::std::sync::LazyLock::force_mut`].
    pub fn force_mut(this: &mut LazyLock<T, F>) -> &mut T {
        let compute = this.compute.get_mut();
        let compute = compute.unwrap_or_else(PoisonError::into_inner);
        if this.value.get_mut().is_none()
            && let Some(f) = compute.take()
        {
            this.value.put(f());
        }
        match this.value.get_mut() {
            Some(value) => value,
            None => poisoned(),
        }
    }

    /// See [`::std::sync::LazyLock::force`].
    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        this.value.fill(Location::caller(), &mut || {
            let mut compute = this.compute.lock().unwrap_or_else(PoisonError::into_inner);
            let f = compute.take();
            // The function may use other locks, and panic: it runs outside.
            drop(compute);
            match f {
                Some(f) => Some(f()),
                None => poisoned(),
            }
        });
        this.value.set_value()
    }
}

impl<T, F> LazyLock<T, F> {
    /// See [`::std::sync::LazyLock::get_mut`].
    pub fn get_mut(this: &mut LazyLock<T, F>) -> Option<&mut T> {
        this.value.get_mut()
    }

    /// See [`::std::sync::LazyLock::get`].
    #[track_caller]
    pub fn get(this: &LazyLock<T, F>) -> Option<&T> {
        this.value.get()
    }
}

#[cold]
fn poisoned() -> ! {
    panic!("LazyLock instance has previously been poisoned")
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyLock<T, F> {
    fn deref_mut(&mut self) -> &mut T {
        LazyLock::force_mut(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    #[track_caller]
    fn default() -> LazyLock<T> {
        LazyLock::new(T::default)
    }
}

impl<T, F> From<T> for LazyLock<T, F> {
    #[track_caller]
    fn from(value: T) -> Self {
        let mut lock = OnceLock::part_of(ObjectKind::LazyLock, Location::caller());
        lock.put(value);
        LazyLock {
            value: lock,
            compute: Mutex::new(None),
        }
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_tuple("LazyLock");
        match LazyLock::get(self) {
            Some(value) => shown.field(value),
            None => shown.field(&format_args!("<uninit>")),
        };
        shown.finish()
    }
}
