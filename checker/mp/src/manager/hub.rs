//! What a manager and its clients share: how to reach it, and where each side waits for the other.

use std::io;
use std::ops::Deref;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU32, Ordering};

use sched_runtime::{Object, attached, kernel, outside};

use crate::shared::Block;

/// How many words there are for clients that wait for answers. A client's word is that of its
/// process id modulo this.
const SLOTS: u32 = 128;
/// The word at which the server waits for requests; the clients' follow.
const REQUESTS: usize = 0;

/// What a proxy knows of its manager.
pub(super) struct Hub {
    /// Differs between all managers that a process can know.
    pub(super) id: u64,
    /// Who wants to be a client sends one end of a connection through it. Only processes that
    /// descend from the manager's maker have it, and nothing has a name that others could use.
    pub(super) rendezvous: Wire,
    /// The server's process id.
    pub(super) server: AtomicU32,
    /// Under check: see [`REQUESTS`]; in a plain run sockets do the waiting.
    words: Block,
    pub(super) object: Object,
}

impl Hub {
    /// A hub whose server is not known yet.
    pub(super) fn new(id: u64, rendezvous: Wire, object: Object) -> Self {
        Self {
            id,
            rendezvous,
            server: AtomicU32::new(0),
            words: Block::new(REQUESTS + 1 + SLOTS as usize),
            object,
        }
    }

    /// The word at which the server waits.
    pub(super) fn requests(&self) -> &AtomicU32 {
        self.words.futex(REQUESTS)
    }

    /// The word at which the client with this number waits.
    pub(super) fn answers(&self, slot: u32) -> &AtomicU32 {
        self.words.futex(REQUESTS + 1 + (slot % SLOTS) as usize)
    }
}

/// A socket of a manager's or a client's own: who lets go of it does no step of the program's.
pub(super) struct Wire(Option<UnixStream>);

impl From<UnixStream> for Wire {
    fn from(socket: UnixStream) -> Self {
        Self(Some(socket))
    }
}

impl Deref for Wire {
    type Target = UnixStream;

    fn deref(&self) -> &UnixStream {
        self.0.as_ref().expect("is there until it is dropped")
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        outside::for_a_primitive(|| drop(self.0.take()));
    }
}

/// Two sockets that are connected. Under check neither ever blocks: waiting is the scheduler's.
pub(super) fn pair() -> io::Result<(Wire, Wire)> {
    let (one, other) = UnixStream::pair()?;
    one.set_nonblocking(attached::controlled())?;
    other.set_nonblocking(attached::controlled())?;
    Ok((one.into(), other.into()))
}

/// Tells who waits at `word` that the socket may be ready now.
pub(super) fn nudge(word: &AtomicU32) {
    if attached::controlled() {
        word.fetch_add(1, Ordering::Release);
        kernel::wake(word, kernel::EVERYONE);
    }
}
