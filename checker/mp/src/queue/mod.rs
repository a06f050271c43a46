//! `Queue`: messages from any process to any other, first in, first out.

mod joinable;
mod messages;
mod outbox;

use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use sched_model::Op;
use sched_runtime::Until;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::joinable::JoinableQueue;
use self::messages::Messages;
use crate::errors::{Empty, Full};
use crate::mailbox::{decode, encode};

/// A queue of messages between processes, like `multiprocessing.Queue`.
///
/// Any process that has it by fork can put and get. Messages are copies: serde turns them into
/// bytes and back. A message can be taken as soon as `put` has returned (in CPython a thread hands
/// it on a little later). As there, a process does not end while more than 64 KiB of what it put
/// wait to be taken; see [`Queue::cancel_join`].
pub struct Queue<T> {
    messages: Arc<Messages>,
    message: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned> Queue<T> {
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

    /// Like [`Queue::new`], with a name for reports.
    ///
    /// # Panics
    ///
    /// When the process has too many open files.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str, maxsize: usize) -> Self {
        Self {
            messages: Arc::new(Messages::new(name, maxsize, Location::caller())),
            message: PhantomData,
        }
    }

    /// Puts a message, waiting while the queue is full.
    ///
    /// # Panics
    ///
    /// When serde cannot turn the message into bytes, or there is no memory for it; so do the other
    /// methods that put one.
    #[track_caller]
    pub fn put(&self, message: T) {
        let _never_full = self.put_until(message, Op::Send, Until::Woken);
    }

    /// Like [`Queue::put`], but gives up after `timeout`.
    ///
    /// # Errors
    ///
    /// When the queue is still full then; gives the message back.
    #[track_caller]
    pub fn put_timeout(&self, message: T, timeout: Duration) -> Result<(), Full<T>> {
        // Without any time it is no wait.
        let op = if timeout.is_zero() {
            Op::TrySend
        } else {
            Op::Send
        };
        self.put_until(message, op, Until::after(Some(timeout)))
    }

    /// Puts a message if the queue is not full.
    ///
    /// # Errors
    ///
    /// When the queue is full; gives the message back.
    #[track_caller]
    pub fn put_nowait(&self, message: T) -> Result<(), Full<T>> {
        self.put_until(message, Op::TrySend, Until::after(Some(Duration::ZERO)))
    }

    /// Puts a message, and gives it back when there is no room in time.
    #[track_caller]
    fn put_until(&self, message: T, op: Op, until: Until) -> Result<(), Full<T>> {
        let caller = Location::caller();
        match self.messages.put(&encode(&message), op, until, caller) {
            Ok(place) => {
                outbox::note_put(&self.messages, place, caller);
                Ok(())
            }
            Err(()) => Err(Full(message)),
        }
    }

    /// Takes the oldest message, waiting while there is none.
    ///
    /// # Panics
    ///
    /// When serde cannot make a message of the bytes again; so do the other methods that take one.
    #[must_use = "the message is gone from the queue"]
    #[track_caller]
    pub fn get(&self) -> T {
        let caller = Location::caller();
        loop {
            if let Ok(message) = self.messages.get(Op::Receive, Until::Woken, caller) {
                return decode(&message);
            }
        }
    }

    /// Like [`Queue::get`], but gives up after `timeout`.
    ///
    /// # Errors
    ///
    /// When there is still no message then.
    #[track_caller]
    pub fn get_timeout(&self, timeout: Duration) -> Result<T, Empty> {
        let op = if timeout.is_zero() {
            Op::TryReceive
        } else {
            Op::Receive
        };
        let until = Until::after(Some(timeout));
        let message = self.messages.get(op, until, Location::caller())?;
        Ok(decode(&message))
    }

    /// Takes the oldest message if there is one.
    ///
    /// # Errors
    ///
    /// When there is none.
    #[track_caller]
    pub fn get_nowait(&self) -> Result<T, Empty> {
        let now = Until::after(Some(Duration::ZERO));
        let message = self.messages.get(Op::TryReceive, now, Location::caller())?;
        Ok(decode(&message))
    }

    /// How many messages are in it, like `qsize`. The answer may be out of date at once.
    #[must_use]
    #[track_caller]
    pub fn len(&self) -> usize {
        usize::try_from(self.messages.count(Location::caller())).unwrap_or(usize::MAX)
    }

    /// Whether there is no message, like `empty`. The answer may be out of date at once.
    #[must_use]
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.messages.count(Location::caller()) == 0
    }

    /// Whether it is full, like `full`. The answer may be out of date at once.
    #[must_use]
    #[track_caller]
    pub fn is_full(&self) -> bool {
        self.messages.is_full(Location::caller())
    }

    /// Lets this process end although nobody took what it put, like `cancel_join_thread`. What then
    /// waits to be taken, beyond 64 KiB, is lost when the process ends. (CPython's feeder thread
    /// may lose shorter messages, too.)
    pub fn cancel_join(&self) {
        outbox::cancel(&self.messages);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{JoinableQueue, Queue};
    use crate::errors::{Empty, Full};

    const SHORT: Duration = Duration::from_millis(1);

    #[test]
    fn messages_come_in_their_order_and_a_full_queue_gives_them_back() {
        let queue = Queue::new(2);
        assert_eq!(queue.put_nowait("one".to_owned()), Ok(()));
        assert_eq!(queue.put_timeout("two".to_owned(), SHORT), Ok(()));
        assert!(queue.is_full());
        assert_eq!(queue.put_nowait("x".to_owned()), Err(Full("x".to_owned())));
        assert_eq!(
            queue.put_timeout("x".to_owned(), SHORT),
            Err(Full("x".to_owned()))
        );
        assert_eq!(queue.get(), "one");
        assert_eq!(queue.get_timeout(SHORT), Ok("two".to_owned()));
        assert_eq!(queue.get_nowait(), Err(Empty));
        assert_eq!(queue.get_timeout(SHORT), Err(Empty));
        assert!(queue.is_empty() && !queue.is_full());
        assert_eq!(queue.len(), 0);
    }

    #[test]
    fn without_a_bound_it_is_never_full() {
        let queue = Queue::unbounded();
        (0..1000).for_each(|n| queue.put(n));
        assert!(!queue.is_full());
        assert!((0..1000).all(|n| queue.get() == n));
    }

    #[test]
    fn joining_needs_as_many_signs_as_messages() {
        let queue = JoinableQueue::unbounded();
        queue.join();
        queue.put(1);
        assert_eq!(queue.get(), 1);
        queue.task_done();
        queue.join();
    }

    #[test]
    #[should_panic(expected = "task_done for more messages than were put")]
    fn more_signs_than_messages_are_refused() {
        JoinableQueue::<u32>::unbounded().task_done();
    }
}
