//! Making threads: the real std makes them, and the scheduler knows of each.
//!
//! # Safety
//!
//! The one unsafe function is the one of std, with its contract, which is passed on to it.

use ::real::any::Any;
use ::real::io::Result;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;

use ::sched_runtime::thread;
use ::sched_runtime::thread::Making;
use ::sched_runtime::{Caller, attached};

use super::handle::JoinHandle;

/// The smallest stack under check: the scheduler runs on it, too.
const SMALLEST_STACK: usize = 256 << 10;

/// See [`::std::thread::Builder`].
#[derive(Debug)]
#[must_use = "must eventually spawn the thread"]
pub struct Builder {
    pub(super) real: ::real::thread::Builder,
    pub(super) name: Option<String>,
}

impl Builder {
    /// See [`::std::thread::Builder::new`].
    #[allow(
        clippy::new_without_default,
        reason = "std's has no default, and a program may give it one"
    )]
    pub fn new() -> Self {
        Self {
            real: ::real::thread::Builder::new(),
            name: None,
        }
    }

    /// See [`::std::thread::Builder::name`].
    pub fn name(self, name: String) -> Self {
        Self {
            real: self.real.name(name.clone()),
            name: Some(name),
        }
    }

    /// See [`::std::thread::Builder::stack_size`].
    pub fn stack_size(self, size: usize) -> Self {
        let smallest = if attached::controlled() {
            SMALLEST_STACK
        } else {
            0
        };
        Self {
            real: self.real.stack_size(size.max(smallest)),
            name: self.name,
        }
    }

    /// See [`::std::thread::Builder::spawn`].
    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> Result<JoinHandle<T>>
    where
        F: FnOnce() -> T,
        F: Send + 'static,
        T: Send + 'static,
    {
        let (work, made) = task(self.name, 0, f, Location::caller())?;
        let real = self.real.spawn(work)?;
        Ok(JoinHandle::new(real, made.done(), nothing))
    }

    /// See [`::std::thread::Builder::spawn_unchecked`].
    ///
    /// # Safety
    ///
    /// As for the real one: what the thread borrows must live as long as the thread.
    #[track_caller]
    pub unsafe fn spawn_unchecked<F, T>(self, f: F) -> Result<JoinHandle<T>>
    where
        F: FnOnce() -> T,
        F: Send,
        T: Send,
    {
        let (work, made) = task(self.name, 0, f, Location::caller())?;
        // SAFETY: what `f` borrows, and what it returns, lives long enough by the caller's
        // contract; what `work` has besides borrows nothing.
        let real = unsafe { self.real.spawn_unchecked(work) }?;
        Ok(JoinHandle::new(real, made.done(), || None))
    }
}

/// `()`, if that is what a result is.
fn nothing<T: 'static>() -> Option<T> {
    let nothing: Box<dyn Any> = Box::new(());
    nothing.downcast().ok().map(|it| *it)
}

/// What is left to do when a thread was made; nothing in a plain run.
pub(super) struct Made(Option<Making>);

impl Made {
    /// Waits until the thread is where the scheduler has it. Returns the task that it is.
    pub(super) fn done(self) -> u32 {
        let Some(making) = self.0 else { return 0 };
        let task = making.task();
        making.done();
        task
    }
}

/// The work of a thread that is a task of the run from its beginning to its end.
pub(super) fn task<'a, F, T>(
    name: Option<String>,
    scope: u64,
    f: F,
    caller: Caller,
) -> Result<(impl FnOnce() -> T + Send + 'a, Made)>
where
    F: FnOnce() -> T + Send + 'a,
    T: Send + 'a,
{
    let (starting, making) = thread::start(name.as_deref(), scope, caller)?.unzip();
    let work = move || {
        let working = starting.map(thread::Starting::begin);
        let result = f();
        drop(working);
        result
    };
    Ok((work, Made(making)))
}

/// See [`::std::thread::spawn`].
///
/// # Panics
///
/// As the real one: when the system makes no more threads.
#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T,
    F: Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(f).expect("failed to spawn thread")
}
