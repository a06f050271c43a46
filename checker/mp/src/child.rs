//! A started process, as its parent has it: waiting for it, asking after it, ending it.

use std::io;
use std::panic::Location;
use std::time::Duration;

use rustix::process::Signal;
use sched_runtime::process;
use sched_runtime::{Caller, kernel};

use crate::family;

/// A started process, as its parent sees it. Dropping it does nothing: at its end the parent
/// waits for every child that is no daemon.
#[derive(Debug)]
pub struct Child {
    process: process::Process,
    /// Its number among the parent's children.
    number: usize,
    name: String,
    daemon: bool,
    /// The parent's process id.
    parent: u32,
}

impl Child {
    /// Notes that this process started `process`.
    pub(crate) fn new(process: process::Process, name: String, daemon: bool) -> Self {
        Self {
            process,
            number: family::add_child(process, daemon),
            name,
            daemon,
            parent: kernel::pid(),
        }
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.pid
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a daemon.
    #[must_use]
    pub fn is_daemon(&self) -> bool {
        self.daemon
    }

    /// Waits until it has exited and returns its exit code: 0, what it passed to `exit`, 101
    /// after a panic, or the negative number of the signal that ended it.
    ///
    /// # Panics
    ///
    /// When called by another process than the parent, as in CPython.
    #[track_caller]
    pub fn join(&self) -> i32 {
        self.wait(None, Location::caller()).unwrap_or(0)
    }

    /// Like [`Child::join`], but gives up after `timeout`; `None` then.
    ///
    /// # Panics
    ///
    /// When called by another process than the parent.
    #[track_caller]
    pub fn join_timeout(&self, timeout: Duration) -> Option<i32> {
        self.wait(Some(timeout), Location::caller())
    }

    /// Its exit code, if it has exited.
    ///
    /// # Panics
    ///
    /// When called by another process than the parent.
    #[must_use]
    #[track_caller]
    pub fn exit_code(&self) -> Option<i32> {
        let caller = Location::caller();
        let code = self.look(caller);
        if let Some(code) = code {
            process::told(self.process, code, caller);
        }
        code
    }

    /// Whether it has not exited yet. The answer may be out of date at once.
    ///
    /// # Panics
    ///
    /// When called by another process than the parent.
    #[must_use]
    #[track_caller]
    pub fn is_alive(&self) -> bool {
        self.look(Location::caller()).is_none()
    }

    /// Asks it to end, by SIGTERM. It may go on for a moment: join it.
    #[track_caller]
    pub fn terminate(&self) {
        self.signal(Signal::TERM, Location::caller());
    }

    /// Ends it, by SIGKILL. It may go on for a moment: join it.
    #[track_caller]
    pub fn kill(&self) {
        self.signal(Signal::KILL, Location::caller());
    }

    #[track_caller]
    fn wait(&self, timeout: Option<Duration>, caller: Caller) -> Option<i32> {
        if let Some(code) = self.noted_exit_code() {
            process::told(self.process, code, caller);
            return Some(code);
        }
        self.note_exit_code(process::join(self.process, timeout, caller))
    }

    /// Ends it by SIGTERM and waits until it has exited, on behalf of this line.
    pub(crate) fn end(&self, caller: Caller) {
        self.signal(Signal::TERM, caller);
        self.wait(None, caller);
    }

    #[track_caller]
    fn look(&self, caller: Caller) -> Option<i32> {
        let ask = || self.note_exit_code(process::exit_code(self.process, caller));
        self.noted_exit_code().or_else(ask)
    }

    /// The exit code, if it was noted before.
    #[track_caller]
    fn noted_exit_code(&self) -> Option<i32> {
        assert!(
            self.parent == kernel::pid(),
            "only its parent can wait for {}",
            self.name
        );
        family::exit_code(self.number)
    }

    /// Notes what the system says of it: it says so only once.
    #[track_caller]
    fn note_exit_code(&self, said: io::Result<Option<i32>>) -> Option<i32> {
        let code = said.unwrap_or_else(|error| panic!("cannot wait for {}: {error}", self.name));
        family::note_exit_code(self.number, code);
        code
    }

    fn signal(&self, signal: Signal, caller: Caller) {
        // A child that was waited for is gone, and its process id may be another's by now.
        if self.parent != kernel::pid() || family::exit_code(self.number).is_none() {
            process::signal(self.process, signal.as_raw(), caller);
        }
    }
}
