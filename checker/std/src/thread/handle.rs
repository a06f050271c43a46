//! Joining threads.

use ::real::clone::Clone;
use ::real::fmt;
use ::real::os::unix::thread::{JoinHandleExt, RawPthread};
use ::real::panic::Location;
use ::real::thread::Result;

use ::sched::{kernel, thread};

use super::Thread;

/// See [`std::thread::JoinHandle`].
pub struct JoinHandle<T> {
    real: ::real::thread::JoinHandle<T>,
    thread: Thread,
    task: u32,
}

impl<T> JoinHandle<T> {
    pub(super) fn new(real: ::real::thread::JoinHandle<T>, task: u32) -> Self {
        let thread = Thread::new(real.thread().clone(), task);
        Self { real, thread, task }
    }

    /// See [`std::thread::JoinHandle::thread`].
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// See [`std::thread::JoinHandle::join`].
    ///
    /// # Errors
    ///
    /// As the real one: what the thread panicked with.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        if kernel::controlled() {
            thread::join(self.task, Location::caller());
        }
        // Now the real one waits for nothing.
        self.real.join()
    }

    /// See [`std::thread::JoinHandle::is_finished`].
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

impl<T> JoinHandleExt for JoinHandle<T> {
    fn as_pthread_t(&self) -> RawPthread {
        self.real.as_pthread_t()
    }

    fn into_pthread_t(self) -> RawPthread {
        self.real.into_pthread_t()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.real, f)
    }
}
