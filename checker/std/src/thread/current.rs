//! Handles to threads, and parking: a thread is a task of the run, which holds its token.

use ::real::fmt;
use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::thread::ThreadId;
use ::real::time::Duration;

use ::sched_runtime::{attached, thread};

/// See [`::std::thread::Thread`].
#[derive(Clone)]
pub struct Thread {
    real: ::real::thread::Thread,
    /// The task that it is under check.
    task: u32,
}

impl Thread {
    pub(super) fn new(real: ::real::thread::Thread, task: u32) -> Self {
        Self { real, task }
    }

    /// See [`::std::thread::Thread::unpark`].
    #[track_caller]
    pub fn unpark(&self) {
        if attached::controlled() {
            thread::unpark(self.task, Location::caller());
        } else {
            self.real.unpark();
        }
    }

    /// See [`::std::thread::Thread::id`].
    #[must_use]
    pub fn id(&self) -> ThreadId {
        self.real.id()
    }

    /// See [`::std::thread::Thread::name`].
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.real.name()
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.real, f)
    }
}

/// See [`::std::thread::current`].
#[must_use]
pub fn current() -> Thread {
    Thread::new(::real::thread::current(), thread::current())
}

/// See [`::std::thread::park`].
#[track_caller]
pub fn park() {
    if attached::controlled() {
        thread::park(None, Location::caller());
    } else {
        ::real::thread::park();
    }
}

/// See [`::std::thread::park_timeout`].
#[track_caller]
pub fn park_timeout(timeout: Duration) {
    if attached::controlled() {
        thread::park(Some(timeout), Location::caller());
    } else {
        ::real::thread::park_timeout(timeout);
    }
}
