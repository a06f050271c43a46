//! A client's side: a request goes out, its answer comes in. In a plain run the socket blocks;
//! under check it does not, and the scheduler does.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sched_model::Act;
use sched_model::Op;
use sched_runtime::{Caller, Until, kernel, outside, record};

use super::hub::{Hub, Wire, nudge, pair};
use super::protocol::{LENGTH, Reply, Request, decode, frame};
use super::rendezvous;
use crate::lifecycle::{Hooks, Part, register};

/// The sockets to managers that this process has, with the managers' ids.
static SOCKETS: Mutex<Vec<(u64, Wire)>> = Mutex::new(Vec::new());

fn sockets() -> MutexGuard<'static, Vec<(u64, Wire)>> {
    SOCKETS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A new process makes connections of its own.
fn forget() {
    drop(std::mem::take(&mut *sockets()));
}

/// Sends a request, which has this name in the trace, and waits for the answer. The caller says
/// what the answer is, by [`answered`].
///
/// # Errors
///
/// When the manager has ended.
pub(super) fn ask(hub: &Hub, name: &str, request: &Request, caller: Caller) -> io::Result<Reply> {
    kernel::point(Op::Send, hub.object, caller);
    record::release_edge(hub.object);
    record::request(hub.object, name, request.part(), request.asked());
    let mut sockets = sockets();
    let known = sockets.iter().position(|(id, _)| *id == hub.id);
    let reply = match known {
        Some(at) => Connection::new(hub, &sockets[at].1, caller).exchange(request),
        None => connect(hub, caller).and_then(|socket| {
            let reply = Connection::new(hub, &socket, caller).exchange(request);
            sockets.push((hub.id, socket));
            reply
        }),
    };
    let reply = reply.map_err(|error| {
        sockets.retain(|(id, _)| *id != hub.id);
        record::passed(hub.object, Act::Ended, 0);
        io::Error::new(error.kind(), format!("the manager has ended: {error}"))
    })?;
    record::acquire_edge(hub.object);
    Ok(reply)
}

/// The manager's answer to this task's request, as a report shows it.
pub(super) fn answered(hub: &Hub, answer: &str) {
    record::answer(hub.object, answer);
}

/// A new connection, on which the manager knows whom it answers.
fn connect(hub: &Hub, caller: Caller) -> io::Result<Wire> {
    let hooks = Hooks {
        in_child: forget,
        ..Hooks::NONE
    };
    register(Part::Managers, hooks);
    let (socket, theirs) = pair()?;
    rendezvous::send_socket(&hub.rendezvous, &theirs)?;
    let connection = Connection::new(hub, &socket, caller);
    connection.send(&Request::Hello {
        slot: connection.slot,
    })?;
    Ok(socket)
}

/// A socket to a manager while it is used.
struct Connection<'a> {
    socket: &'a UnixStream,
    hub: &'a Hub,
    /// Which of the hub's words is this client's.
    slot: u32,
    caller: Caller,
}

impl<'a> Connection<'a> {
    fn new(hub: &'a Hub, socket: &'a UnixStream, caller: Caller) -> Self {
        Self {
            socket,
            hub,
            slot: kernel::pid(),
            caller,
        }
    }

    fn exchange(&self, request: &Request) -> io::Result<Reply> {
        self.send(request)?;
        self.receive()
    }

    fn send(&self, request: &Request) -> io::Result<()> {
        let frame = frame(request)?;
        let mut rest = &frame[..];
        while !rest.is_empty() {
            let sent = self.patiently(|| (&mut &*self.socket).write(rest))?;
            nudge(self.hub.requests());
            rest = &rest[sent..];
        }
        Ok(())
    }

    fn receive(&self) -> io::Result<Reply> {
        let mut length = [0; LENGTH];
        self.fill(&mut length)?;
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        self.fill(&mut bytes)?;
        decode(&bytes)
    }

    fn fill(&self, mut bytes: &mut [u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.patiently(|| (&mut &*self.socket).read(bytes))? {
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
            match outside::for_a_primitive(&mut act) {
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
