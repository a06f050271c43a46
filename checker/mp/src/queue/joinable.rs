//! `JoinableQueue`: a queue whose users say when they are done with a message.

use std::ops::Deref;
use std::panic::Location;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Queue;

/// A [`Queue`] whose users say when they are done with a message, like
/// `multiprocessing.JoinableQueue`, so that one can wait until all are.
pub struct JoinableQueue<T> {
    queue: Queue<T>,
}

impl<T: Serialize + DeserializeOwned> JoinableQueue<T> {
    /// A queue that holds at most `maxsize` messages; 0 for no bound.
    ///
    /// # Panics
    ///
    /// When the process has too many open files.
    #[must_use]
    #[track_caller]
    pub fn new(maxsize: usize) -> Self {
        Self::named("", maxsize)
    }

    /// A queue without a bound.
    ///
    /// # Panics
    ///
    /// When the process has too many open files.
    #[must_use]
    #[track_caller]
    pub fn unbounded() -> Self {
        Self::named("", 0)
    }

    /// Like [`JoinableQueue::new`], with a name for reports.
    ///
    /// # Panics
    ///
    /// When the process has too many open files.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str, maxsize: usize) -> Self {
        let queue = Queue::named(name, maxsize);
        Self { queue }
    }

    /// Says that a message is done with that was taken before.
    ///
    /// # Panics
    ///
    /// When that was said for every message already (`ValueError` in CPython).
    #[track_caller]
    pub fn task_done(&self) {
        self.queue.messages.finish_one(Location::caller());
    }

    /// Waits until every message that was put is done with.
    #[track_caller]
    pub fn join(&self) {
        self.queue.messages.wait_until_finished(Location::caller());
    }
}

impl<T> Deref for JoinableQueue<T> {
    type Target = Queue<T>;

    fn deref(&self) -> &Queue<T> {
        &self.queue
    }
}
