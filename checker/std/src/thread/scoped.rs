//! Scoped threads: a scope waits for its threads as the scheduler lets it, and then the real one
//! finds nothing to wait for.
//!
//! # Safety
//!
//! The one unsafe block turns a reference to the real scope into one to ours, which has nothing
//! but the real one in it.

use ::real::fmt;
use ::real::io::Result;
use ::real::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use ::real::prelude::rust_2024::*;
use ::real::ptr;

use ::sched_runtime::{attached, thread};

use super::builder::{Builder, task};
use super::handle::ScopedJoinHandle;

/// See [`::std::thread::Scope`].
#[repr(transparent)]
pub struct Scope<'scope, 'env: 'scope>(::real::thread::Scope<'scope, 'env>);

impl<'scope, 'env> Scope<'scope, 'env> {
    fn around(real: &'scope ::real::thread::Scope<'scope, 'env>) -> &'scope Self {
        // SAFETY: aligned and initialised, because the layout is the same (`repr(transparent)`). It
        // lives as long, and both references are shared.
        unsafe { &*ptr::from_ref(real).cast::<Self>() }
    }

    /// What tells this scope from others that are open.
    fn key(&self) -> u64 {
        ptr::from_ref(self).addr() as u64
    }

    /// See [`::std::thread::Scope::spawn`].
    ///
    /// # Panics
    ///
    /// As the real one: when the system makes no more threads.
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Builder::new()
            .spawn_scoped(self, f)
            .expect("failed to spawn thread")
    }
}

impl Builder {
    /// See [`::std::thread::Builder::spawn_scoped`].
    #[track_caller]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let (work, made) = task(self.name, scope.key(), f, Location::caller())?;
        let real = self.real.spawn_scoped(&scope.0, work)?;
        // What it borrows must not end before it does.
        Ok(ScopedJoinHandle::new(real, made.done(), || None))
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// See [`::std::thread::scope`].
///
/// # Panics
///
/// As the real one: when a thread panicked that nobody joined.
#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let caller = Location::caller();
    ::real::thread::scope(|real| {
        let scope = Scope::around(real);
        if !attached::controlled() {
            return f(scope);
        }
        let open = thread::open_scope(scope.key());
        // The real scope lets the panic go on once it is left.
        let result = catch_unwind(AssertUnwindSafe(|| f(scope)));
        open.close(caller);
        result.unwrap_or_else(|panic| resume_unwind(panic))
    })
}
