//! `pipe`: two ends, and messages both ways between them.

use std::io;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use sched_model::Op;
use sched_model::{Act, ObjectKind};
use sched_runtime::{Caller, Object, Until, kernel, otherwise, record};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ends::Ends;
use crate::errors::Closed;
use crate::mailbox::{Mailbox, ROOM, State, decode, encode};

/// How long a process of a plain run waits at most before it looks whether the processes at the
/// other end were killed, of which nobody tells it.
const LOOK_AROUND: Duration = Duration::from_millis(50);

/// A pipe between processes, like `multiprocessing.Pipe()`: what one end sends, the other receives.
///
/// An end is open as long as some process holds it: the one that made it, a child into whose
/// closure it was moved, or any that used it. A process lets go of an end by dropping it, or by
/// ending. (In CPython a copy that a child got by fork keeps an end open, too, and the other side
/// never sees the end of the file.)
///
/// # Errors
///
/// When the process has too many open files.
#[track_caller]
pub fn pipe<T: Serialize + DeserializeOwned>() -> io::Result<(Connection<T>, Connection<T>)> {
    named_pipe("")
}

/// The same, with a name for reports.
///
/// # Errors
///
/// When the process has too many open files.
#[track_caller]
pub fn named_pipe<T>(name: &str) -> io::Result<(Connection<T>, Connection<T>)> {
    let caller = Location::caller();
    let lanes = Arc::new([Mailbox::new()?, Mailbox::new()?]);
    let woken = Arc::clone(&lanes);
    let ends = Ends::new(move || woken.iter().for_each(wake_all));
    let object = kernel::object(ObjectKind::Pipe, name, 0, caller);
    let connection = |end: usize| Connection {
        lanes: Arc::clone(&lanes),
        ends: Arc::clone(&ends),
        end,
        object,
        made_at: caller,
        message: PhantomData,
    };
    Ok((connection(0), connection(1)))
}

/// Somebody let go of an end: all tasks that wait look again.
fn wake_all(lane: &Mailbox) {
    for word in [lane.takers_word(), lane.givers_word()] {
        word.fetch_add(1, std::sync::atomic::Ordering::Release);
        kernel::wake(word, kernel::EVERYONE);
    }
}

/// One end of a pipe.
pub struct Connection<T> {
    /// What end 0 sent, and what end 1 sent.
    lanes: Arc<[Mailbox; 2]>,
    ends: Arc<Ends>,
    end: usize,
    object: Object,
    made_at: Caller,
    message: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned> Connection<T> {
    /// Sends a message, and waits while more than 64 KiB are unread, as a pipe does.
    ///
    /// # Errors
    ///
    /// When nobody holds the other end, before or while waiting.
    ///
    /// # Panics
    ///
    /// When serde cannot turn the message into bytes, or there is no memory for it, or when more
    /// than 64 processes use this end.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), Closed> {
        let caller = Location::caller();
        kernel::point(Op::Send, self.object, caller);
        self.ends.hold(self.end);
        let lane = &self.lanes[self.end];
        self.other_holder()?;
        if let Ok((number, _)) = lane.give(&encode(&message), u64::MAX) {
            record::release_edge(self.object);
            record::act(self.object, Act::Put, number);
            // The first of those that wait may only poll, and leave the message to another.
            kernel::wake(lane.takers_word(), kernel::EVERYONE);
        }
        loop {
            let state = lane.state();
            if state.bytes <= ROOM {
                return Ok(());
            }
            let other = self.other_holder()?;
            let until = self.soon(Until::Woken);
            kernel::wait_or_exit(
                lane.givers_word(),
                state.got,
                until,
                self.object,
                Some(other),
                caller,
            );
        }
    }

    /// Receives the oldest message, waiting while there is none.
    ///
    /// # Errors
    ///
    /// When there is none and nobody holds the other end: the end of the file.
    ///
    /// # Panics
    ///
    /// When serde cannot make a message of the bytes again, or when more than 64 processes use this
    /// end.
    #[track_caller]
    pub fn recv(&self) -> Result<T, Closed> {
        let caller = Location::caller();
        kernel::point(Op::Receive, self.object, caller);
        self.ends.hold(self.end);
        let lane = self.incoming();
        loop {
            match lane.take() {
                Ok((number, message)) => {
                    record::acquire_edge(self.object);
                    record::act(self.object, Act::Got, number);
                    kernel::wake(lane.givers_word(), kernel::EVERYONE);
                    return Ok(decode(&message));
                }
                Err(state) => {
                    self.wait_for_message(state, Until::Woken, caller)?;
                }
            }
        }
    }

    /// Whether [`Connection::recv`] would return at once, with a message or with the end of the
    /// file; waits for that for at most `timeout`.
    ///
    /// # Panics
    ///
    /// When more than 64 processes use this end.
    #[must_use]
    #[track_caller]
    pub fn poll(&self, timeout: Duration) -> bool {
        let caller = Location::caller();
        kernel::point(Op::Look, self.object, caller);
        self.ends.hold(self.end);
        let until = Until::after(Some(timeout));
        loop {
            let state = self.incoming().state();
            if state.messages > 0 {
                record::acquire_edge(self.object);
                record::looked(self.object, Act::Looked, state.messages);
                return true;
            }
            let waited = if timeout.is_zero() {
                // Asking whether there is something now is no wait, not even a short one.
                self.other_holder().map(|_| false)
            } else {
                self.wait_for_message(state, until, caller)
            };
            match waited {
                Err(Closed) => return true,
                Ok(true) => {}
                Ok(false) => {
                    record::looked(self.object, Act::Empty, 0);
                    return false;
                }
            }
        }
    }

    fn incoming(&self) -> &Mailbox {
        &self.lanes[1 - self.end]
    }

    /// A process that holds the other end.
    fn other_holder(&self) -> Result<u32, Closed> {
        self.ends.holder(1 - self.end).ok_or_else(|| {
            record::acquire_edge(self.object);
            record::passed(self.object, Act::Ended, 0);
            Closed
        })
    }

    /// Waits until there may be a message; false when the time is over.
    fn wait_for_message(&self, state: State, until: Until, caller: Caller) -> Result<bool, Closed> {
        let other = Some(self.other_holder()?);
        let word = self.incoming().takers_word();
        let slice = self.soon(until);
        let woken = kernel::wait_or_exit(word, state.put, slice, self.object, other, caller);
        if otherwise::is_answered() {
            record::passed(self.object, Act::Ended, 0);
            return Err(Closed);
        }
        Ok(woken || !until.is_over())
    }

    /// In a plain run nobody tells that a holder was killed, so a wait is cut short to look.
    fn soon(&self, until: Until) -> Until {
        let soon = Until::after(Some(LOOK_AROUND));
        match (soon, until) {
            (Until::Moment(soon), Until::Moment(end)) => Until::Moment(soon.min(end)),
            (Until::Moment(_), _) => soon,
            _ => until,
        }
    }
}

impl<T> Drop for Connection<T> {
    fn drop(&mut self) {
        if self.ends.would_let_go(self.end) {
            kernel::point(Op::Sign, self.object, self.made_at);
            record::release_edge(self.object);
            record::act(self.object, Act::Closed, 0);
        }
        self.ends.drop_end(self.end);
    }
}
