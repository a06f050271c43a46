//! `LazyLock`: a value that is computed when it is first used.
//!
//! # Safety
//!
//! The state is changed only inside [`Once`], by one thread, or with the lock borrowed mutably; it is
//! read only when that is done. Once the value is there it stays until somebody has the lock alone.

use ::real::cell::UnsafeCell;
use ::real::fmt;
use ::real::format_args;
use ::real::mem::replace;
use ::real::ops::{Deref, DerefMut};
use ::real::panic;
use ::real::panic::{Location, RefUnwindSafe, UnwindSafe};
use ::real::prelude::rust_2024::*;

use ::sched::kernel::Caller;
use ::sched::run::ObjectKind;

use super::once::Once;

/// What a lock holds.
enum State<T, F> {
    Open(F),
    Done(T),
    /// The function panicked, or is running.
    Poisoned,
}

/// See [`std::sync::LazyLock`].
pub struct LazyLock<T, F = fn() -> T> {
    once: Once,
    state: UnsafeCell<State<T, F>>,
}

// SAFETY: a shared lock may call its function on any thread (`F: Send`), may be dropped by another
// one than computed the value (`T: Send`), and gives out shared references to all (`T: Sync`).
unsafe impl<T: Sync + Send, F: Send> Sync for LazyLock<T, F> {}

impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// See [`std::sync::LazyLock::new`].
    #[track_caller]
    pub const fn new(f: F) -> LazyLock<T, F> {
        LazyLock {
            once: Once::of(ObjectKind::LazyLock, Location::caller()),
            state: UnsafeCell::new(State::Open(f)),
        }
    }

    /// See [`std::sync::LazyLock::force_mut`].
    ///
    /// # Panics
    ///
    /// As the real one.
    pub fn force_mut(this: &mut LazyLock<T, F>) -> &mut T {
        let state = this.state.get_mut();
        if let State::Open(_) = state
            && let State::Open(f) = replace(state, State::Poisoned)
        {
            *state = State::Done(f());
            this.once.set_done(true);
        }
        match state {
            State::Done(value) => value,
            State::Open(_) | State::Poisoned => poisoned(),
        }
    }

    /// See [`std::sync::LazyLock::force`].
    ///
    /// # Panics
    ///
    /// As the real one.
    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        this.compute(Location::caller());
        match this.done() {
            Some(value) => value,
            None => poisoned(),
        }
    }

    fn compute(&self, caller: Caller) {
        let state = self.state.get();
        self.once.call(true, caller, &mut |_| {
            // SAFETY: this is the one attempt at this time, and nobody has a reference before it is
            // done; this one ends here.
            let open = replace(unsafe { &mut *state }, State::Poisoned);
            let State::Open(f) = open else { poisoned() };
            let value = f();
            // SAFETY: as above. What is overwritten is the mark from above.
            unsafe { *state = State::Done(value) };
        });
    }
}

impl<T, F> LazyLock<T, F> {
    /// See [`std::sync::LazyLock::get_mut`].
    pub fn get_mut(this: &mut LazyLock<T, F>) -> Option<&mut T> {
        match this.state.get_mut() {
            State::Done(value) => Some(value),
            State::Open(_) | State::Poisoned => None,
        }
    }

    /// See [`std::sync::LazyLock::get`].
    #[track_caller]
    pub fn get(this: &LazyLock<T, F>) -> Option<&T> {
        if this.once.is_done(Location::caller()) {
            this.done()
        } else {
            None
        }
    }

    /// The value, when the attempt to compute it is done.
    fn done(&self) -> Option<&T> {
        // SAFETY: it is done, so nobody changes the state while the lock is shared.
        match unsafe { &*self.state.get() } {
            State::Done(value) => Some(value),
            State::Open(_) | State::Poisoned => None,
        }
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
        let mut once = Once::of(ObjectKind::LazyLock, Location::caller());
        once.set_done(true);
        LazyLock {
            once,
            state: UnsafeCell::new(State::Done(value)),
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
