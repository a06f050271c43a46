//! `Manager`: a process that keeps dictionaries, lists and values for others.

mod door;
mod proxies;
mod server;
mod wire;

use std::io;
use std::os::unix::net::UnixStream;
use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sched::kernel::{self, Caller, Object};
use sched::run::{Act, ObjectKind};
use sched::world::Op;

pub use proxies::{Dict, List, Shared};
use server::{Reply, Request};
use wire::Wire;

use crate::process::{Child, Process};
use crate::shared::Block;

/// Words at which clients wait for their answers; a client's is that of its process id modulo this.
const SLOTS: u32 = 128;
/// The word at which the server waits for requests; the clients' follow.
const REQUESTS: usize = 0;

/// A process that keeps dictionaries, lists and values, like `multiprocessing.Manager()`: others
/// reach them through proxies, over Unix sockets.
///
/// Each call of a proxy's method is one request, which the manager answers before it looks at the
/// next; two calls are two, and somebody else's may come between. What a proxy returns is a
/// copy: to change it changes nothing in the manager.
///
/// The manager ends when this value is dropped by the process that made it, or when that process
/// ends. From then on every call of a proxy is an error.
pub struct Manager {
    server: Child,
    maker: u32,
    hub: Arc<Hub>,
}

/// What a proxy knows of its manager.
struct Hub {
    /// Differs between all managers that a process can know.
    id: u64,
    /// Who wants to be a client sends one end of a connection through it. Only processes that
    /// descend from the manager's maker have it, and nothing has a name that others could use.
    door: UnixStream,
    /// The server's process id.
    server: AtomicU32,
    /// Under check: see [`REQUESTS`]; in a plain run sockets do the waiting.
    words: Block,
    object: Object,
}

impl Manager {
    /// Starts a manager.
    ///
    /// # Errors
    ///
    /// When this process may not start others (it is a daemon, or has other threads), or when the
    /// system allows no more processes, sockets or files.
    #[track_caller]
    pub fn start() -> io::Result<Self> {
        let caller = Location::caller();
        static MANAGERS: AtomicU32 = AtomicU32::new(0);
        let number = MANAGERS.fetch_add(1, Ordering::Relaxed) + 1;
        let name = format!("Manager-{number}");
        // The system's own id: virtual ones are the same in runs side by side.
        let id = rustix::process::getpid().as_raw_pid().cast_unsigned();
        let id = u64::from(id) << 32 | u64::from(number);
        let (door, visitors) = pair()?;
        let hub = Arc::new(Hub {
            id,
            door,
            server: AtomicU32::new(0),
            words: Block::new(REQUESTS + 1 + SLOTS as usize),
            object: kernel::object(ObjectKind::Manager, &name, 0, caller),
        });
        let servers = Arc::clone(&hub);
        let process = Process::new(move || {
            die_with_maker();
            server::serve(&visitors, &servers, caller);
        });
        let server = process.name(name).daemon(true).start()?;
        hub.server.store(server.pid(), Ordering::Relaxed);
        Ok(Self {
            server,
            maker: kernel::pid(),
            hub,
        })
    }

    /// Ends the manager and waits until it has ended, as dropping it does.
    #[track_caller]
    pub fn shutdown(self) {
        drop(self);
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        if self.maker == kernel::pid() {
            self.server.terminate();
            self.server.join();
        }
    }
}

/// In a plain run nothing else ends the server when its maker is killed.
fn die_with_maker() {
    if !kernel::controlled() {
        let signal = rustix::process::Signal::TERM;
        let _ = rustix::process::set_parent_process_death_signal(Some(signal));
    }
}

/// The connections of this process, with their managers' ids.
static CONNECTIONS: Mutex<Vec<(u64, UnixStream)>> = Mutex::new(Vec::new());

/// A new process makes connections of its own.
pub(crate) fn forget() {
    let mut connections = CONNECTIONS.lock().unwrap_or_else(PoisonError::into_inner);
    drop(std::mem::take(&mut *connections));
}

/// Two ends that are connected. Under check none of them ever blocks: waiting is the scheduler's.
fn pair() -> io::Result<(UnixStream, UnixStream)> {
    let (one, other) = UnixStream::pair()?;
    one.set_nonblocking(kernel::controlled())?;
    other.set_nonblocking(kernel::controlled())?;
    Ok((one, other))
}

impl Hub {
    fn requests(&self) -> &AtomicU32 {
        self.words.futex(REQUESTS)
    }

    fn answers(&self, slot: u32) -> &AtomicU32 {
        self.words.futex(REQUESTS + 1 + (slot % SLOTS) as usize)
    }

    /// Sends a request and waits for the answer.
    fn ask(&self, name: &str, request: &Request, caller: Caller) -> io::Result<Reply> {
        kernel::point(Op::Send, self.object, caller);
        kernel::teach(self.object);
        kernel::request(self.object, name);
        let mut connections = CONNECTIONS.lock().unwrap_or_else(PoisonError::into_inner);
        let known = connections.iter().position(|(id, _)| *id == self.id);
        let answer = match known {
            Some(at) => self.exchange(&connections[at].1, request, caller),
            None => self.connect(caller).and_then(|stream| {
                let answer = self.exchange(&stream, request, caller);
                connections.push((self.id, stream));
                answer
            }),
        };
        let reply = answer.map_err(|error| {
            connections.retain(|(id, _)| *id != self.id);
            kernel::passed(self.object, Act::Ended, 0);
            io::Error::new(error.kind(), format!("the manager has ended: {error}"))
        })?;
        kernel::learn(self.object);
        kernel::passed(self.object, Act::Answered, 0);
        Ok(reply)
    }

    fn connect(&self, caller: Caller) -> io::Result<UnixStream> {
        let (stream, theirs) = pair()?;
        door::pass(&self.door, &theirs)?;
        let hello = Request::Hello {
            slot: kernel::pid(),
        };
        self.wire(&stream, caller).send(&hello)?;
        Ok(stream)
    }

    fn wire<'a>(&'a self, stream: &'a UnixStream, caller: Caller) -> Wire<'a> {
        Wire {
            stream,
            hub: self,
            slot: kernel::pid(),
            caller,
        }
    }

    fn exchange(
        &self,
        stream: &UnixStream,
        request: &Request,
        caller: Caller,
    ) -> io::Result<Reply> {
        let wire = self.wire(stream, caller);
        wire.send(request)?;
        wire.receive()
    }
}
