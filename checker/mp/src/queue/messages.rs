//! The messages of a queue as all share them who use it: putting, taking and counting.

use std::ops::Range;
use std::sync::atomic::Ordering;

use sched_model::Op;
use sched_model::{Act, ObjectKind};
use sched_runtime::{Caller, Object, Until, kernel, otherwise, record};

use crate::errors::Empty;
use crate::mailbox::{Mailbox, ROOM};
use crate::shared::Block;

/// What is shared by all who use a queue.
pub(super) struct Messages {
    mailbox: Mailbox,
    object: Object,
    /// Most messages at once.
    most: u64,
    /// Messages put and not yet said to be done with; a futex for tasks that join.
    unfinished: Block,
}

impl Messages {
    /// No messages; there can be `most` at once, or with 0 any number.
    ///
    /// # Panics
    ///
    /// When the process has too many open files.
    pub(super) fn new(name: &str, most: usize, caller: Caller) -> Self {
        let mailbox = Mailbox::new().unwrap_or_else(|error| panic!("no file for a queue: {error}"));
        Self {
            mailbox,
            object: kernel::object(ObjectKind::Queue, name, 0, caller),
            most: if most == 0 { u64::MAX } else { most as u64 },
            unfinished: Block::new(1),
        }
    }

    /// Puts a message and returns the bytes where it lies; `Err` when the time is over.
    #[track_caller]
    pub(super) fn put(
        &self,
        message: &[u8],
        op: Op,
        until: Until,
        caller: Caller,
    ) -> Result<Range<u64>, ()> {
        kernel::point(op, self.object, caller);
        let (mut time_is_over, mut most) = (op == Op::TrySend, self.most);
        loop {
            match self.mailbox.give(message, most) {
                Ok((number, place)) => {
                    self.unfinished.futex(0).fetch_add(1, Ordering::Relaxed);
                    record::release_edge(self.object);
                    record::act(self.object, Act::Put, number);
                    kernel::wake(self.mailbox.takers_word(), 1);
                    return Ok(place);
                }
                Err(_) if time_is_over => {
                    record::looked(self.object, Act::Full, 0);
                    return Err(());
                }
                Err(state) => {
                    let word = self.mailbox.givers_word();
                    time_is_over = !kernel::wait(word, state.got, until, self.object, caller);
                    if otherwise::is_answered() {
                        most = u64::MAX;
                    }
                }
            }
        }
    }

    /// Takes the oldest message; `Err` when the time is over.
    pub(super) fn get(&self, op: Op, until: Until, caller: Caller) -> Result<Vec<u8>, Empty> {
        kernel::point(op, self.object, caller);
        let mut time_is_over = op == Op::TryReceive;
        loop {
            match self.mailbox.take() {
                Ok((number, message)) => {
                    record::acquire_edge(self.object);
                    record::act(self.object, Act::Got, number);
                    kernel::wake(self.mailbox.givers_word(), kernel::EVERYONE);
                    return Ok(message);
                }
                Err(_) if time_is_over => {
                    record::looked(self.object, Act::Empty, 0);
                    return Err(Empty);
                }
                Err(state) => {
                    let word = self.mailbox.takers_word();
                    time_is_over = !kernel::wait(word, state.put, until, self.object, caller);
                }
            }
        }
    }

    /// How many messages there are.
    pub(super) fn count(&self, caller: Caller) -> u64 {
        kernel::point(Op::Look, self.object, caller);
        let messages = self.mailbox.state().messages;
        record::looked(self.object, Act::Looked, messages);
        messages
    }

    /// Whether there are as many as there can be.
    pub(super) fn is_full(&self, caller: Caller) -> bool {
        self.count(caller) >= self.most
    }

    /// Whether more than 64 KiB of what was put before the byte `end` wait to be taken.
    fn has_much_before(&self, end: u64) -> bool {
        end > self.mailbox.taken().saturating_add(ROOM)
    }

    /// At the end of a process: waits until what it put before the byte `end` was taken, but for
    /// the last 64 KiB.
    pub(super) fn wait_until_taken(&self, end: u64, caller: Caller) {
        if !self.has_much_before(end) {
            return;
        }
        kernel::point(Op::Exit, self.object, caller);
        loop {
            let got = self.mailbox.givers_word();
            let seen = got.load(Ordering::Acquire);
            if !self.has_much_before(end) {
                return;
            }
            kernel::wait(got, seen, Until::Woken, self.object, caller);
            if otherwise::is_answered() {
                return;
            }
        }
    }

    /// How many bytes were taken.
    pub(super) fn taken(&self) -> u64 {
        self.mailbox.taken()
    }

    /// At the end of a process that does not wait: what it put into these places is lost, but for
    /// what fits into 64 KiB.
    pub(super) fn lose(&self, places: impl Iterator<Item = Range<u64>>, caller: Caller) {
        kernel::point(Op::Exit, self.object, caller);
        let lost = self.mailbox.lose(places);
        if lost > 0 {
            record::act(self.object, Act::Lost, lost);
            kernel::wake(self.mailbox.givers_word(), kernel::EVERYONE);
        }
    }

    /// Says that a message is done with.
    ///
    /// # Panics
    ///
    /// When that was said for every message already.
    #[track_caller]
    pub(super) fn finish_one(&self, caller: Caller) {
        kernel::point(Op::Sign, self.object, caller);
        record::release_edge(self.object);
        let word = self.unfinished.futex(0);
        let one_less = |unfinished: u32| unfinished.checked_sub(1);
        let Ok(before) = word.try_update(Ordering::AcqRel, Ordering::Acquire, one_less) else {
            panic!("task_done for more messages than were put");
        };
        record::act(self.object, Act::Done, u64::from(before - 1));
        if before == 1 {
            kernel::wake(word, kernel::EVERYONE);
        }
    }

    /// Waits until every message that was put is done with.
    pub(super) fn wait_until_finished(&self, caller: Caller) {
        kernel::point(Op::Join, self.object, caller);
        let word = self.unfinished.futex(0);
        loop {
            let unfinished = word.load(Ordering::Acquire);
            if unfinished == 0 {
                break;
            }
            kernel::wait(word, unfinished, Until::Woken, self.object, caller);
            if otherwise::is_answered() {
                break;
            }
        }
        record::acquire_edge(self.object);
        record::passed(self.object, Act::Passed, 0);
    }
}
