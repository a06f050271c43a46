//! The thread that starts a server. It may first give up rights for good, so that the server never
//! has them; and it lives as long as the server, which dies with it.

use std::io;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use sched_segment::os::domain::Domain;
use sched_segment::os::sys;

/// What a server and its runs are not to have.
#[derive(Clone)]
pub struct Confine {
    /// Gives up rights of the calling thread.
    pub give_up: Arc<dyn Fn() -> io::Result<()> + Send + Sync>,
    /// Whether nothing is to be run where the kernel does not keep runs from their server.
    pub required: bool,
}

/// Whether the kernel keeps runs from their server: tried by the calling thread, which then has only
/// the rights of a run.
#[must_use]
pub fn can_contain_runs() -> bool {
    Domain::prepare().is_some_and(|domain| domain.enter())
}

/// Ends its thread when dropped.
pub(crate) struct Launcher {
    /// The thread waits for its end.
    open: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Launcher {
    /// Starts `command` on a thread that was confined before.
    pub(crate) fn start(
        mut command: Command,
        confine: Option<Confine>,
    ) -> io::Result<(Self, Child)> {
        let (open, until) = channel();
        let (tell, told) = channel();
        let launch = move || {
            // The thread is the program's alone, so this concerns nobody else.
            sys::fix_addresses();
            let confined = confine.map_or(Ok(()), |confine| (confine.give_up)());
            let _ = tell.send(confined.and_then(|()| command.spawn()));
            // The descriptors that the server got must not stay open here.
            drop(command);
            wait_for_end(&until);
        };
        let thread = std::thread::Builder::new()
            .name("launcher".to_owned())
            .spawn(launch)?;
        let launcher = Self {
            open: Some(open),
            thread: Some(thread),
        };
        let child = told
            .recv()
            .unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))?;
        Ok((launcher, child))
    }
}

/// Nothing is ever sent: the receiver waits for the sender to be dropped.
fn wait_for_end(until: &Receiver<()>) {
    while until.recv().is_ok() {}
}

impl Drop for Launcher {
    fn drop(&mut self) {
        self.open = None;
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}
