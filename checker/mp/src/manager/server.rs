//! The manager's own process: takes requests one after the other and answers them.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;

use rustix::event::{PollFd, PollFlags};
use sched_runtime::{Caller, Until, attached, kernel, outside};

use super::hub::{Hub, Wire, nudge};
use super::protocol::{Bytes, LENGTH, Request, decode, frame};
use super::rendezvous;
use super::store::Store;

/// A client as the server knows it.
struct Client {
    stream: Wire,
    /// At which of the hub's words it waits; unknown before its first message.
    slot: Option<u32>,
    /// What came in and is no whole request yet.
    incoming: Bytes,
    /// What could not be sent yet.
    outgoing: Bytes,
}

/// Serves for ever who comes from `visitors`, the manager's end of the rendezvous.
pub(super) fn serve(visitors: &UnixStream, hub: &Hub, caller: Caller) {
    let mut store = Store::default();
    let mut clients: Vec<Client> = Vec::new();
    if visitors.set_nonblocking(true).is_err() {
        return;
    }
    loop {
        let seen = hub.requests().load(Ordering::Acquire);
        let mut idle = !accept(visitors, &mut clients);
        clients.retain_mut(|client| match client.serve(&mut store, hub) {
            Ok(moved) => {
                idle &= !moved;
                true
            }
            // It has ended, or says what no client says.
            Err(_) => false,
        });
        if idle && attached::controlled() {
            kernel::wait(hub.requests(), seen, Until::Woken, hub.object, caller);
        } else if idle {
            wait_for_sockets(visitors, &clients);
        }
    }
}

/// Takes in the clients that have come. Whether there were any.
fn accept(visitors: &UnixStream, clients: &mut Vec<Client>) -> bool {
    let before = clients.len();
    while let Ok(stream) = rendezvous::next_socket(visitors) {
        if stream.set_nonblocking(true).is_ok() {
            clients.push(Client {
                stream,
                slot: None,
                incoming: Vec::new(),
                outgoing: Vec::new(),
            });
        }
    }
    clients.len() > before
}

fn wait_for_sockets(visitors: &UnixStream, clients: &[Client]) {
    let mut sockets = vec![PollFd::new(visitors, PollFlags::IN)];
    for client in clients {
        let sending = if client.outgoing.is_empty() {
            PollFlags::empty()
        } else {
            PollFlags::OUT
        };
        sockets.push(PollFd::new(&*client.stream, PollFlags::IN | sending));
    }
    // An interrupted wait is one that ended early.
    let _ = rustix::event::poll(&mut sockets, None);
}

impl Client {
    /// Takes what the client sent, answers each whole request, and sends what can be sent. Whether
    /// anything moved.
    fn serve(&mut self, store: &mut Store, hub: &Hub) -> io::Result<bool> {
        let mut moved = self.read()?;
        while let Some(request) = self.next_request()? {
            if let Request::Hello { slot } = request {
                self.slot = Some(slot);
                continue;
            }
            if self.slot.is_none() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            self.outgoing.extend(frame(&store.serve(request))?);
        }
        moved |= self.write()?;
        if moved && let Some(slot) = self.slot {
            nudge(hub.answers(slot));
        }
        Ok(moved)
    }

    fn read(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 4096];
        let mut moved = false;
        loop {
            match outside::for_a_primitive(|| (&*self.stream).read(&mut bytes)) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(got) => {
                    self.incoming.extend(&bytes[..got]);
                    moved = true;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(moved),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The next whole request.
    fn next_request(&mut self) -> io::Result<Option<Request>> {
        let Some((length, rest)) = self.incoming.split_first_chunk::<LENGTH>() else {
            return Ok(None);
        };
        let length = u32::from_le_bytes(*length) as usize;
        let Some(bytes) = rest.get(..length) else {
            return Ok(None);
        };
        let request = decode(bytes)?;
        self.incoming.drain(..LENGTH + length);
        Ok(Some(request))
    }

    fn write(&mut self) -> io::Result<bool> {
        let mut moved = false;
        while !self.outgoing.is_empty() {
            match outside::for_a_primitive(|| (&*self.stream).write(&self.outgoing)) {
                Ok(sent) => {
                    self.outgoing.drain(..sent);
                    moved = true;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(moved)
    }
}
