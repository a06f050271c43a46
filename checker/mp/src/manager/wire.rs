//! A client's side of a connection: a request goes out, its answer comes in.
//!
//! A message is its length (4 bytes, little-endian) and then postcard's bytes. In a plain run the
//! socket blocks; under check it does not, and the scheduler does.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;

use sched::kernel::{self, Caller, Until};

use super::Hub;
use super::server::{Reply, Request};

/// Bytes of a message's length.
pub(super) const LENGTH: usize = size_of::<u32>();

pub(super) struct Wire<'a> {
    pub(super) stream: &'a UnixStream,
    pub(super) hub: &'a Hub,
    /// Which of the hub's words is this client's.
    pub(super) slot: u32,
    pub(super) caller: Caller,
}

/// A message as it goes over the wire.
///
/// # Errors
///
/// When it is 4 GiB long.
pub(super) fn frame(message: &impl serde::Serialize) -> io::Result<Vec<u8>> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    Ok([&length.to_le_bytes()[..], &bytes].concat())
}

impl Wire<'_> {
    pub(super) fn send(&self, request: &Request) -> io::Result<()> {
        let frame = frame(request)?;
        let mut rest = &frame[..];
        while !rest.is_empty() {
            let sent = self.patiently(|| (&mut &*self.stream).write(rest))?;
            nudge(self.hub.requests());
            rest = &rest[sent..];
        }
        Ok(())
    }

    pub(super) fn receive(&self) -> io::Result<Reply> {
        let mut length = [0; LENGTH];
        self.fill(&mut length)?;
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        self.fill(&mut bytes)?;
        postcard::from_bytes(&bytes).map_err(io::Error::other)
    }

    fn fill(&self, mut bytes: &mut [u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.patiently(|| (&mut &*self.stream).read(bytes))? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                got => bytes = &mut bytes[got..],
            }
        }
        Ok(())
    }

    /// Does `act`, waiting for the server where it would block.
    fn patiently(&self, mut act: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
        let answers = self.hub.answers(self.slot);
        loop {
            let seen = answers.load(Ordering::Acquire);
            let server = self.hub.server.load(Ordering::Relaxed);
            match act() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    // The server may wait for us to take what it has to send.
                    nudge(self.hub.requests());
                    let (object, caller) = (self.hub.object, self.caller);
                    kernel::wait_or_exit(answers, seen, Until::Woken, object, Some(server), caller);
                }
                done => return done,
            }
        }
    }
}

/// Tells who waits at `word` that the socket may be ready now.
pub(super) fn nudge(word: &std::sync::atomic::AtomicU32) {
    if kernel::controlled() {
        word.fetch_add(1, Ordering::Release);
        kernel::wake(word, kernel::EVERYONE);
    }
}
