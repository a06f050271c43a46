//! `Queue` and `JoinableQueue`: messages from any process to any other, first in, first out.

use std::marker::PhantomData;
use std::ops::Deref;
use std::panic::Location;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sched::kernel::{self, Caller, Object, Until};
use sched::run::{Act, ObjectKind};
use sched::world::Op;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::errors::{Empty, Full};
use crate::mailbox::{Mailbox, decode, encode};
use crate::shared::Block;

/// Bytes that a process may leave unread behind it: what a pipe holds, pipe(7).
pub(crate) const ROOM: u64 = 64 << 10;

/// What is shared by all who use a queue.
struct Shared {
    mailbox: Mailbox,
    object: Object,
    /// Most messages at once.
    most: u64,
    /// Messages put and not yet said to be done with; a futex of who joins.
    unfinished: Block,
}

/// A queue of messages between processes, like `multiprocessing.Queue`.
///
/// Any process that has it by fork can put and get. Messages are copies: serde turns them into
/// bytes and back. A message can be taken as soon as `put` has returned (in CPython a
/// thread carries it on a little later). As there, a process does not end before what it put,
/// beyond 64 KiB, was taken by somebody; see [`Queue::cancel_join`].
pub struct Queue<T> {
    shared: Arc<Shared>,
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
        let mailbox = Mailbox::new().unwrap_or_else(|error| panic!("no file for a queue: {error}"));
        let most = if maxsize == 0 {
            u64::MAX
        } else {
            maxsize as u64
        };
        let shared = Shared {
            mailbox,
            object: kernel::object(ObjectKind::Queue, name, 0, Location::caller()),
            most,
            unfinished: Block::new(1),
        };
        Self {
            shared: Arc::new(shared),
            message: PhantomData,
        }
    }

    /// Puts a message, waiting while the queue is full.
    #[track_caller]
    pub fn put(&self, message: T) {
        let caller = Location::caller();
        let _never_full = self
            .shared
            .put(&encode(&message), Op::Send, Until::Woken, caller);
    }

    /// Like [`Queue::put`], but gives up after `timeout`.
    ///
    /// # Errors
    ///
    /// Gives the message back when the queue is still full then.
    #[track_caller]
    pub fn put_timeout(&self, message: T, timeout: Duration) -> Result<(), Full<T>> {
        // Without any time it is no wait.
        let op = if timeout.is_zero() {
            Op::TrySend
        } else {
            Op::Send
        };
        let until = Until::after(Some(timeout));
        let put = self
            .shared
            .put(&encode(&message), op, until, Location::caller());
        put.map_err(|()| Full(message))
    }

    /// Puts a message if the queue is not full.
    ///
    /// # Errors
    ///
    /// Gives the message back when the queue is full.
    #[track_caller]
    pub fn put_nowait(&self, message: T) -> Result<(), Full<T>> {
        let now = Until::after(Some(Duration::ZERO));
        let put = self
            .shared
            .put(&encode(&message), Op::TrySend, now, Location::caller());
        put.map_err(|()| Full(message))
    }

    /// Takes the oldest message, waiting while there is none.
    #[must_use = "the message is gone from the queue"]
    #[track_caller]
    pub fn get(&self) -> T {
        let caller = Location::caller();
        loop {
            if let Ok(message) = self.shared.get(Op::Receive, Until::Woken, caller) {
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
        let message = self.shared.get(op, until, Location::caller())?;
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
        let message = self.shared.get(Op::TryReceive, now, Location::caller())?;
        Ok(decode(&message))
    }

    /// How many messages are in it, like `qsize`. Out of date as soon as it is told.
    #[must_use]
    #[track_caller]
    pub fn len(&self) -> usize {
        usize::try_from(self.shared.look(Location::caller())).unwrap_or(usize::MAX)
    }

    /// Whether there is no message, like `empty`. The answer may be out of date at once.
    #[must_use]
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        self.shared.look(Location::caller()) == 0
    }

    /// Whether it is full, like `full`. The answer may be out of date at once.
    #[must_use]
    #[track_caller]
    pub fn is_full(&self) -> bool {
        self.shared.look(Location::caller()) >= self.shared.most
    }

    /// Lets this process end although nobody took what it put, like `cancel_join_thread`. (In
    /// CPython such messages may be lost; here they stay.)
    pub fn cancel_join(&self) {
        let cancel = |put: &mut Put| put.cancelled |= Arc::ptr_eq(&put.queue, &self.shared);
        remember(&self.shared, None);
        all_put().iter_mut().for_each(cancel);
    }
}

impl Shared {
    /// Puts a message; `Err` when the time is over.
    #[track_caller]
    fn put(
        self: &Arc<Self>,
        message: &[u8],
        op: Op,
        until: Until,
        caller: Caller,
    ) -> Result<(), ()> {
        kernel::point(op, self.object, caller);
        let mut time_is_over = op == Op::TrySend;
        loop {
            match self.mailbox.give(message, self.most) {
                Ok((number, end)) => {
                    self.unfinished.futex(0).fetch_add(1, Ordering::Relaxed);
                    kernel::teach(self.object);
                    kernel::act(self.object, Act::Put, number);
                    kernel::wake(self.mailbox.put(), 1);
                    remember(self, Some((end, caller)));
                    return Ok(());
                }
                Err(_) if time_is_over => {
                    kernel::looked(self.object, Act::Full, 0);
                    return Err(());
                }
                Err(state) => {
                    let word = self.mailbox.got();
                    time_is_over = !kernel::wait(word, state.got, until, self.object, caller);
                }
            }
        }
    }

    fn get(&self, op: Op, until: Until, caller: Caller) -> Result<Vec<u8>, Empty> {
        kernel::point(op, self.object, caller);
        let mut time_is_over = op == Op::TryReceive;
        loop {
            match self.mailbox.take() {
                Ok((number, message)) => {
                    kernel::learn(self.object);
                    kernel::act(self.object, Act::Got, number);
                    kernel::wake(self.mailbox.got(), kernel::EVERYONE);
                    return Ok(message);
                }
                Err(_) if time_is_over => {
                    kernel::looked(self.object, Act::Empty, 0);
                    return Err(Empty);
                }
                Err(state) => {
                    let word = self.mailbox.put();
                    time_is_over = !kernel::wait(word, state.put, until, self.object, caller);
                }
            }
        }
    }

    fn look(&self, caller: Caller) -> u64 {
        kernel::point(Op::Look, self.object, caller);
        let messages = self.mailbox.look().messages;
        kernel::looked(self.object, Act::Looked, messages);
        messages
    }

    /// Waits until what was put before `end`, but for the last 64 KiB, was taken.
    fn wait_until_taken(&self, end: u64, caller: Caller) {
        loop {
            let got = self.mailbox.got();
            let seen = got.load(Ordering::Acquire);
            if end <= self.mailbox.taken().saturating_add(ROOM) {
                return;
            }
            kernel::wait(got, seen, Until::Woken, self.object, caller);
        }
    }
}

/// A queue that this process put something into.
struct Put {
    queue: Arc<Shared>,
    /// Where in the queue's bytes its last message ends.
    end: u64,
    /// The line that put it.
    caller: Caller,
    cancelled: bool,
}

/// The queues that this process put something into.
static PUT: Mutex<Vec<Put>> = Mutex::new(Vec::new());

fn all_put() -> std::sync::MutexGuard<'static, Vec<Put>> {
    PUT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes that this process uses the queue, and up to where it put.
fn remember(queue: &Arc<Shared>, put: Option<(u64, Caller)>) {
    let mut all = all_put();
    let known = all.iter().position(|put| Arc::ptr_eq(&put.queue, queue));
    let at = known.unwrap_or_else(|| {
        crate::process::tidy_up_at_exit();
        all.push(Put {
            queue: Arc::clone(queue),
            end: 0,
            caller: Location::caller(),
            cancelled: false,
        });
        all.len() - 1
    });
    if let Some((end, caller)) = put {
        (all[at].end, all[at].caller) = (end, caller);
    }
}

/// A new process has put nothing yet.
pub(crate) fn forget() {
    // Freeing the parent's data would only copy the pages it lies on.
    std::mem::forget(std::mem::take(&mut *all_put()));
}

/// At the end of a process: waits until others took what it put.
pub(crate) fn wait_until_taken() {
    let all = std::mem::take(&mut *all_put());
    for put in all.iter().filter(|put| !put.cancelled) {
        if put.end > put.queue.mailbox.taken().saturating_add(ROOM) {
            kernel::point(Op::Exit, put.queue.object, put.caller);
            put.queue.wait_until_taken(put.end, put.caller);
        }
    }
}

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
        let shared = &self.queue.shared;
        kernel::point(Op::Sign, shared.object, Location::caller());
        kernel::teach(shared.object);
        let word = shared.unfinished.futex(0);
        let one_less = |unfinished: u32| unfinished.checked_sub(1);
        let Ok(before) = word.try_update(Ordering::AcqRel, Ordering::Acquire, one_less) else {
            panic!("task_done for more messages than were put");
        };
        kernel::act(shared.object, Act::Done, u64::from(before - 1));
        if before == 1 {
            kernel::wake(word, kernel::EVERYONE);
        }
    }

    /// Waits until every message that was put is done with.
    #[track_caller]
    pub fn join(&self) {
        let caller = Location::caller();
        let shared = &self.queue.shared;
        kernel::point(Op::Join, shared.object, caller);
        let word = shared.unfinished.futex(0);
        loop {
            let unfinished = word.load(Ordering::Acquire);
            if unfinished == 0 {
                break;
            }
            kernel::wait(word, unfinished, Until::Woken, shared.object, caller);
        }
        kernel::learn(shared.object);
        kernel::passed(shared.object, Act::Passed, 0);
    }
}

impl<T> Deref for JoinableQueue<T> {
    type Target = Queue<T>;

    fn deref(&self) -> &Queue<T> {
        &self.queue
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
