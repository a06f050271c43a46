//! Scoped threads: a scope waits for its threads as the scheduler lets it, and then the real one
//! finds nothing to wait for.
//!
//! # Safety
//!
//! The one unsafe block turns a reference to the real scope into one to ours, which is nothing
//! but the real one with another name.

use ::real::clone::Clone;
use ::real::fmt;
use ::real::marker::Send;
use ::real::ops::FnOnce;
use ::real::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use ::real::ptr;
use ::real::thread::Result;

use ::sched::{kernel, thread};

use super::{Builder, Thread};

/// See [`std::thread::Scope`].
#[repr(transparent)]
pub struct Scope<'scope, 'env: 'scope>(::real::thread::Scope<'scope, 'env>);

impl<'scope, 'env> Scope<'scope, 'env> {
    fn of(real: &'scope ::real::thread::Scope<'scope, 'env>) -> &'scope Self {
        // SAFETY: the same layout (`repr(transparent)`), lifetime and, being shared, rights.
        unsafe { &*ptr::from_ref(real).cast::<Self>() }
    }

    pub(super) fn real(&'scope self) -> &'scope ::real::thread::Scope<'scope, 'env> {
        &self.0
    }

    /// What tells this scope from others that are open.
    pub(super) fn key(&self) -> u64 {
        ptr::from_ref(self).addr() as u64
    }

    /// See [`std::thread::Scope::spawn`].
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

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// See [`std::thread::scope`].
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
        let scope = Scope::of(real);
        if !kernel::controlled() {
            return f(scope);
        }
        let open = thread::open_scope(scope.key());
        // The real scope lets the panic go on once it is left.
        let result = catch_unwind(AssertUnwindSafe(|| f(scope)));
        open.close(caller);
        result.unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// See [`std::thread::ScopedJoinHandle`].
pub struct ScopedJoinHandle<'scope, T> {
    real: ::real::thread::ScopedJoinHandle<'scope, T>,
    thread: Thread,
    task: u32,
}

impl<'scope, T> ScopedJoinHandle<'scope, T> {
    pub(super) fn new(real: ::real::thread::ScopedJoinHandle<'scope, T>, task: u32) -> Self {
        let thread = Thread::new(real.thread().clone(), task);
        Self { real, thread, task }
    }

    /// See [`std::thread::ScopedJoinHandle::thread`].
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// See [`std::thread::ScopedJoinHandle::join`].
    ///
    /// # Errors
    ///
    /// As the real one: what the thread panicked with.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        if kernel::controlled() {
            thread::join(self.task, Location::caller());
        }
        self.real.join()
    }

    /// See [`std::thread::ScopedJoinHandle::is_finished`].
    #[must_use]
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        if kernel::controlled() {
            thread::is_finished(self.task, Location::caller())
        } else {
            self.real.is_finished()
        }
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.real, f)
    }
}
