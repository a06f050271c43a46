//! `Process`: starting a process, and its life up to its exit.

use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, Location, catch_unwind};

use sched_model::Refusal;
use sched_model::limits::PANICKED;
use sched_runtime::process::Started;
use sched_runtime::{attached, kernel};

use crate::child::Child;
use crate::family;
use crate::lifecycle::{self, Fork};

/// Work that is an object with a `run` method: the notes' second way, a class with `run()`.
pub trait Run {
    /// Does the work. Called by hand it runs in the caller's process, like any method.
    fn run(&mut self);
}

/// A process that is not started yet, like `multiprocessing.Process`.
///
/// Name and daemon flag can only be set here, before the start; CPython checks that at run time.
#[must_use = "a process does nothing until it is started"]
pub struct Process<'a> {
    target: Box<dyn FnOnce() + 'a>,
    name: Option<String>,
    daemon: bool,
}

impl<'a> Process<'a> {
    /// A process that will call `target`. It gets a copy of all memory at the time of its start,
    /// so `target` may borrow what it needs; what it changes there, its parent does not see.
    pub fn new(target: impl FnOnce() + 'a) -> Self {
        Self {
            target: Box::new(target),
            name: None,
            daemon: false,
        }
    }

    /// A process that will call the `run` method of `work`.
    pub fn of(mut work: impl Run + 'a) -> Self {
        Self::new(move || work.run())
    }

    /// Names the process; otherwise it is `Process-1` and so on.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// A daemon is terminated when its parent ends, instead of being waited for.
    pub fn daemon(mut self, daemon: bool) -> Self {
        self.daemon = daemon;
        self
    }

    /// Starts the process.
    ///
    /// # Errors
    ///
    /// When a daemon tries (daemons may not have children), when other threads run in this
    /// process (their locks would be copied as they are), or when the system allows no more.
    #[track_caller]
    pub fn start(self) -> io::Result<Child> {
        let caller = Location::caller();
        if family::is_daemon() {
            return Err(sched_runtime::process::refuse(Refusal::Daemon, caller));
        }
        if sched_runtime::thread::others_live() {
            return Err(sched_runtime::process::refuse(Refusal::Threads, caller));
        }
        let default_name = family::next_name();
        let name = self.name.unwrap_or_else(|| default_name.clone());
        // What is in the buffers now would be printed by both processes.
        flush();
        family::outlive_children();
        let fork = Fork::prepare()?;
        match sched_runtime::process::start(&name, self.daemon, caller)? {
            Started::Child => {
                fork.in_child();
                family::begin(name, default_name, self.daemon);
                live(self.target)
            }
            Started::Parent(process) => {
                fork.in_parent(process.pid, self.target);
                Ok(Child::new(process, name, self.daemon))
            }
        }
    }
}

/// Flushes standard output; standard error has no buffer.
fn flush() {
    if attached::may_hold_output() {
        // A closed output is no reason not to go on.
        let _ = io::stdout().flush();
    }
}

/// The life of a child up to its exit. Never returns, so nothing of the parent's stack is ever
/// dropped here.
fn live(target: Box<dyn FnOnce() + '_>) -> ! {
    let outcome = catch_unwind(AssertUnwindSafe(target));
    // Dropping a panic's message may run the learner's code, too.
    let code = if outcome.is_ok() { 0 } else { PANICKED };
    std::mem::forget(outcome);
    flush();
    lifecycle::at_exit();
    kernel::exit_point_where_started();
    sched_runtime::sys::leave(code)
}
