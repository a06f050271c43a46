//! A mailbox: messages as bytes, first in, first out, in a file that exists only in memory.
//!
//! What CPython keeps in a pipe and in the memory of a feeder thread lies here in one anonymous
//! file (memfd_create(2)), which fork hands on. So there is always room, no thread is needed, and a
//! message can be taken as soon as it was put. Tasks wait at futex words beside the file.

use std::ops::Range;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use rustix::fs::{FallocateFlags, MemfdFlags};

use sched_runtime::attached;

use crate::lock::Inner;
use crate::shared::Block;

/// Bytes taken so far.
const HEAD: usize = 0;
/// Bytes put so far.
const TAIL: usize = 1;
/// The byte at which the file begins.
const BASE: usize = 2;
/// Messages taken so far.
const TAKEN: usize = 3;
/// Messages put so far.
const GIVEN: usize = 4;
/// Futex: counts messages put, and everything else that takers wait for.
const PUT: usize = 5;
/// Futex: counts messages taken, and everything else that givers wait for.
const GOT: usize = 6;
/// Messages that are lost and still lie there.
const LOST: usize = 7;
const WORDS: usize = 8;

/// Bytes that may wait to be taken before a sender waits, too: what a pipe holds, pipe(7).
pub(crate) const ROOM: u64 = 64 << 10;
/// Bytes of a message's length before the message.
const LENGTH: usize = size_of::<u64>();
/// What marks a message as lost, in its length.
const IS_LOST: u64 = 1 << 63;
/// How many bytes a checked program may keep in one mailbox: a little less than the largest file
/// that it may write.
const MOST_BYTES: u64 = 48 << 20;
/// Memory is given back in pieces of this size, in bytes.
const PIECE: u64 = 1 << 20;

pub(crate) struct Mailbox {
    inner: Inner,
    words: Block,
    file: OwnedFd,
}

/// What can be said of a mailbox at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// Messages in it.
    pub(crate) messages: u64,
    /// Bytes of them.
    pub(crate) bytes: u64,
    /// What the futex for takers was then.
    pub(crate) put: u32,
    /// What the futex for givers was then.
    pub(crate) got: u32,
}

impl Mailbox {
    /// An empty mailbox.
    ///
    /// # Errors
    ///
    /// When the process has too many open files.
    pub(crate) fn new() -> std::io::Result<Self> {
        Ok(Self {
            inner: Inner::new(),
            words: Block::new(WORDS),
            file: rustix::fs::memfd_create("mailbox", MemfdFlags::CLOEXEC)?,
        })
    }

    /// Puts a message if there are fewer than `room` others. Returns its number, from 1, and where
    /// it lies.
    ///
    /// # Panics
    ///
    /// Under check, when there is no memory for it.
    #[track_caller]
    pub(crate) fn give(&self, message: &[u8], room: u64) -> Result<(u64, Range<u64>), State> {
        if attached::controlled() {
            let (length, waiting) = (message.len() as u64, self.state().bytes);
            assert!(
                length + waiting < MOST_BYTES,
                "no memory for a message of {} MiB: {} MiB wait to be taken",
                length >> 20,
                waiting >> 20
            );
        }
        self.inner.with(|| {
            let state = self.state_inside();
            if state.messages >= room {
                return Err(state);
            }
            self.begin_anew(state);
            let tail = self.get(TAIL);
            let end = tail + (LENGTH + message.len()) as u64;
            let length = (message.len() as u64).to_le_bytes();
            self.write(&[&length[..], message].concat(), tail);
            self.set(TAIL, end);
            let number = self.get(GIVEN) + 1;
            self.set(GIVEN, number);
            self.takers_word().fetch_add(1, Ordering::Release);
            Ok((number, tail..end))
        })
    }

    /// Takes the oldest message, with its number.
    pub(crate) fn take(&self) -> Result<(u64, Vec<u8>), State> {
        self.inner.with(|| {
            let state = self.state_inside();
            if state.messages == 0 {
                return Err(state);
            }
            let length = self.pass_lost();
            let head = self.get(HEAD);
            let length = length.min(state.bytes);
            let mut message = vec![0; usize::try_from(length).unwrap_or(0)];
            self.read(&mut message, head + LENGTH as u64);
            self.set(HEAD, head + LENGTH as u64 + length);
            let number = self.get(TAKEN) + 1;
            self.set(TAKEN, number);
            self.givers_word().fetch_add(1, Ordering::Release);
            self.give_memory_back(head);
            Ok((number, message))
        })
    }

    /// Loses those of the messages that lie in these places, and begin with bytes that nobody has
    /// taken, which do not fit into a pipe. Returns how many these are.
    pub(crate) fn lose(&self, places: impl Iterator<Item = Range<u64>>) -> u64 {
        self.inner.with(|| {
            let fits = self.get(HEAD).saturating_add(ROOM);
            let mut lost = 0;
            for place in places.filter(|place| place.end > fits) {
                let length = place.end - place.start - LENGTH as u64;
                self.write(&(length | IS_LOST).to_le_bytes(), place.start);
                lost += 1;
            }
            self.set(LOST, self.get(LOST) + lost);
            self.givers_word().fetch_add(1, Ordering::Release);
            lost
        })
    }

    /// Passes over lost messages, up to one that is not; returns the length of that one.
    fn pass_lost(&self) -> u64 {
        loop {
            let head = self.get(HEAD);
            let mut length = [0; LENGTH];
            self.read(&mut length, head);
            let length = u64::from_le_bytes(length);
            if length & IS_LOST == 0 {
                return length;
            }
            self.set(HEAD, head + LENGTH as u64 + (length & !IS_LOST));
            self.set(TAKEN, self.get(TAKEN) + 1);
            self.set(LOST, self.get(LOST) - 1);
        }
    }

    /// What can be said of it now.
    pub(crate) fn state(&self) -> State {
        self.inner.with(|| self.state_inside())
    }

    /// Bytes taken so far.
    pub(crate) fn taken(&self) -> u64 {
        self.get(HEAD)
    }

    /// The word at which takers wait.
    pub(crate) fn takers_word(&self) -> &AtomicU32 {
        self.words.futex(PUT)
    }

    /// The word at which givers wait.
    pub(crate) fn givers_word(&self) -> &AtomicU32 {
        self.words.futex(GOT)
    }

    /// The same for who has the inner lock.
    fn state_inside(&self) -> State {
        State {
            messages: self.get(GIVEN) - self.get(TAKEN) - self.get(LOST),
            bytes: self.get(TAIL) - self.get(HEAD),
            put: self.takers_word().load(Ordering::Acquire),
            got: self.givers_word().load(Ordering::Acquire),
        }
    }

    /// The file of an empty mailbox begins anew, with the next byte.
    fn begin_anew(&self, state: State) {
        if state.messages == 0 {
            self.set(BASE, self.get(TAIL));
            // Those that are left are lost.
            self.set(HEAD, self.get(TAIL));
            self.set(TAKEN, self.get(GIVEN));
            self.set(LOST, 0);
        }
    }

    /// Gives the memory before the head back, once the head went past the end of a piece.
    fn give_memory_back(&self, head_before: u64) {
        let base = self.get(BASE);
        let (before, now) = (
            (head_before - base) / PIECE,
            (self.get(HEAD) - base) / PIECE,
        );
        if now > before {
            let hole = FallocateFlags::PUNCH_HOLE | FallocateFlags::KEEP_SIZE;
            // Where that fails the memory is kept, which does no harm.
            let _ = rustix::fs::fallocate(&self.file, hole, 0, now * PIECE);
        }
    }

    fn write(&self, mut bytes: &[u8], at: u64) {
        let mut at = at - self.get(BASE);
        while !bytes.is_empty() {
            match rustix::io::pwrite(&self.file, bytes, at) {
                Ok(written) => {
                    bytes = &bytes[written..];
                    at += written as u64;
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => panic!("no memory for a message: {error}"),
            }
        }
    }

    fn read(&self, mut bytes: &mut [u8], at: u64) {
        let mut at = at - self.get(BASE);
        while !bytes.is_empty() {
            match rustix::io::pread(&self.file, &mut *bytes, at) {
                Ok(0) => panic!("a message is cut short"),
                Ok(got) => {
                    bytes = &mut bytes[got..];
                    at += got as u64;
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => panic!("a message cannot be read: {error}"),
            }
        }
    }

    fn word(&self, at: usize) -> &AtomicU64 {
        self.words.word(at)
    }

    fn get(&self, at: usize) -> u64 {
        self.word(at).load(Ordering::Acquire)
    }

    fn set(&self, at: usize, value: u64) {
        self.word(at).store(value, Ordering::Release);
    }
}

/// A message as bytes: serde plays the part of Python's pickle.
pub(crate) fn encode(message: &impl serde::Serialize) -> Vec<u8> {
    let bytes = postcard::to_stdvec(message);
    bytes.unwrap_or_else(|error| panic!("this message cannot be turned into bytes: {error}"))
}

/// The message that was turned into these bytes.
pub(crate) fn decode<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> T {
    let message = postcard::from_bytes(bytes);
    message.unwrap_or_else(|error| panic!("this message cannot be read back: {error}"))
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, PIECE};

    #[test]
    fn messages_come_out_as_they_went_in_and_are_numbered() {
        let mailbox = Mailbox::new().expect("a file");
        assert_eq!(mailbox.take().expect_err("it is empty").messages, 0);
        for round in 0..3 {
            for message in [&b"one"[..], b"", b"three"] {
                mailbox.give(message, 3).expect("there is room");
            }
            let full = mailbox.give(b"four", 3).expect_err("it is full");
            assert_eq!((full.messages, full.bytes), (3, 8 + 3 * 8));
            for (number, message) in (1..).zip([&b"one"[..], b"", b"three"]) {
                let expected = (3 * round + number, message.to_vec());
                assert_eq!(mailbox.take().expect("there is one"), expected);
            }
        }
    }

    #[test]
    fn what_does_not_fit_into_a_pipe_can_be_lost() {
        let mailbox = Mailbox::new().expect("a file");
        let put = |byte| mailbox.give(&vec![byte; 30_000], 9).expect("there is room");
        let places = [1, 2, 3, 4].map(|byte| put(byte).1);
        let [mine, .., also_mine] = &places;
        assert_eq!(mailbox.lose([mine, also_mine].into_iter().cloned()), 1);
        assert_eq!(mailbox.state().messages, 3);
        for (number, byte) in [(1, 1), (2, 2), (3, 3)] {
            let (got, message) = mailbox.take().expect("it is there");
            assert_eq!((got, message[0]), (number, byte));
        }
        assert_eq!(mailbox.take().expect_err("it is lost").messages, 0);
        assert_eq!(put(5).0, 5);
        assert_eq!(mailbox.take().expect("it is there").0, 5);
    }

    #[test]
    fn lost_messages_are_passed_over() {
        let mailbox = Mailbox::new().expect("a file");
        let put = |byte| mailbox.give(&vec![byte; 40_000], 9).expect("there is room");
        let places = [1, 2, 3].map(|byte| put(byte).1);
        assert_eq!(mailbox.lose(places[1..2].iter().cloned()), 1);
        assert_eq!(
            [1, 2].map(|_| mailbox.take().expect("it is there").0),
            [1, 3]
        );
    }

    #[test]
    fn memory_of_what_was_taken_is_given_back() {
        let mailbox = Mailbox::new().expect("a file");
        let message = vec![7; 100_000];
        mailbox.give(&message, 9).expect("there is room");
        for _ in 0..50 {
            // Never empty, so that the file does not begin anew.
            mailbox.give(&message, 9).expect("there is room");
            assert_eq!(mailbox.take().expect("there is one").1, message);
        }
        let blocks = rustix::fs::fstat(&mailbox.file).expect("a file").st_blocks;
        assert!(blocks.cast_unsigned() * 512 < 2 * PIECE, "{blocks}");
    }
}
