//! Processes: starting, waiting for, and ending them; what happens at the end of their parent.

use std::io::{self, Write as _};
use std::panic::Location;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use sched::kernel::{self, Caller};
use sched::process::Started;
use sched::run::Refusal;

/// Exit code of a process that a panic ended, as of a Rust program.
const PANICKED: i32 = 101;
const SIGTERM: i32 = 15;
const SIGKILL: i32 = 9;

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
        if local(|local| local.daemon) {
            return Err(sched::process::refuse(Refusal::Daemon, caller));
        }
        refuse_threads(caller)?;
        let (number, own_name) = local(|local| (local.next_number(), local.child_name()));
        let name = self.name.unwrap_or_else(|| own_name.clone());
        // What is in the buffers now would be printed by both processes.
        flush();
        tidy_up_at_exit();
        let handover = crate::ends::Handover::new()?;
        let started = sched::process::start(&name, self.daemon, caller)?;
        crate::shared::forked();
        match started {
            Started::Child => {
                handover.wait();
                be_child(self.target, name, own_name, self.daemon, caller)
            }
            Started::Parent(process) => {
                crate::ends::moved_to(process.pid, self.target);
                drop(handover);
                let entry = Entry {
                    process,
                    daemon: self.daemon,
                    code: None,
                };
                local(|local| local.children.push(entry));
                let parent = kernel::pid();
                Ok(Child {
                    process,
                    number,
                    name,
                    daemon: self.daemon,
                    parent,
                })
            }
        }
    }
}

/// A child as its parent knows it.
struct Entry {
    process: sched::process::Process,
    daemon: bool,
    /// Its exit code, once it was seen: the system tells it only once.
    code: Option<i32>,
}

/// What this process knows of itself.
struct Local {
    /// Empty in the first process.
    name: String,
    /// The default name it would have, which its children's default names begin with; empty in
    /// the first process.
    own_name: String,
    daemon: bool,
    started: usize,
    children: Vec<Entry>,
}

impl Local {
    /// The index that the next child's entry will have.
    fn next_number(&self) -> usize {
        self.children.len()
    }

    /// CPython's default names: `Process-1`, and `Process-1:2` for the second child of that.
    fn child_name(&mut self) -> String {
        self.started += 1;
        if self.own_name.is_empty() {
            format!("Process-{}", self.started)
        } else {
            format!("{}:{}", self.own_name, self.started)
        }
    }
}

/// Not thread-local: at the exit of the process, where it is needed, such data is gone already.
static LOCAL: Mutex<Local> = Mutex::new(Local {
    name: String::new(),
    own_name: String::new(),
    daemon: false,
    started: 0,
    children: Vec::new(),
});

fn local<R>(act: impl FnOnce(&mut Local) -> R) -> R {
    act(&mut LOCAL.lock().unwrap_or_else(PoisonError::into_inner))
}

fn refuse_threads(caller: Caller) -> io::Result<()> {
    if sched::thread::others_live() {
        return Err(sched::process::refuse(Refusal::Threads, caller));
    }
    Ok(())
}

/// Flushes standard output; standard error has no buffer.
fn flush() {
    if kernel::may_hold_output() {
        // A closed output is no reason not to go on.
        let _ = io::stdout().flush();
    }
}

/// The child's life, from the start to its exit. Never returns, so nothing of the parent's stack
/// is ever dropped here.
fn be_child(
    target: Box<dyn FnOnce() + '_>,
    name: String,
    own_name: String,
    daemon: bool,
    caller: Caller,
) -> ! {
    let own = Local {
        name,
        own_name,
        daemon,
        started: 0,
        children: Vec::new(),
    };
    // The parent's data is left where it is: freeing it would only copy the pages it lies on.
    std::mem::forget(local(|local| std::mem::replace(local, own)));
    crate::queue::forget();
    crate::ends::forget();
    crate::manager::forget();
    let outcome = catch_unwind(AssertUnwindSafe(target));
    // Dropping a panic's message may run the learner's code, too.
    let code = if outcome.is_ok() { 0 } else { PANICKED };
    std::mem::forget(outcome);
    flush();
    tidy_up();
    kernel::exit_point(caller);
    sched::sys::leave(code)
}

/// What a process does before it ends, in CPython's order.
fn tidy_up() {
    stop_children();
    crate::queue::wait_until_taken();
    crate::ends::let_go();
}

/// Calls [`tidy_up`] when this process, or a copy of it, ends by `exit` or by returning from main.
///
/// # Panics
///
/// When libc has no room for it.
pub(crate) fn tidy_up_at_exit() {
    extern "C" fn at_exit() {
        tidy_up();
    }
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| sched::sys::at_exit(at_exit).expect("libc has room for a handler"));
}

/// The rules at the end of a process: its daemons are terminated, then all children waited for.
#[track_caller]
fn stop_children() {
    let caller = Location::caller();
    // A second end, from within the first, finds nothing left to do.
    let children = local(|local| std::mem::take(&mut local.children));
    let alive = |child: &&Entry| child.code.is_none();
    for child in children.iter().filter(alive).filter(|child| child.daemon) {
        sched::process::signal(child.process, SIGTERM, caller);
    }
    for child in children.iter().filter(alive) {
        // An error says that it is gone already, which is what we wait for.
        let _ = sched::process::await_exit(child.process, None, caller);
    }
}

/// A started process, as its parent sees it. Dropping it does nothing: at its end the parent
/// waits for every child that is no daemon.
#[derive(Debug)]
pub struct Child {
    process: sched::process::Process,
    number: usize,
    name: String,
    daemon: bool,
    parent: u32,
}

impl Child {
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
        self.look(|| sched::process::exit_code(self.process, caller))
    }

    /// Whether it has not exited yet. The answer may be out of date at once.
    ///
    /// # Panics
    ///
    /// When called by another process than the parent.
    #[must_use]
    #[track_caller]
    pub fn is_alive(&self) -> bool {
        self.exit_code().is_none()
    }

    /// Asks it to end, by SIGTERM. It may go on for a moment: join it.
    #[track_caller]
    pub fn terminate(&self) {
        self.signal(SIGTERM, Location::caller());
    }

    /// Ends it, by SIGKILL. It may go on for a moment: join it.
    #[track_caller]
    pub fn kill(&self) {
        self.signal(SIGKILL, Location::caller());
    }

    #[track_caller]
    fn wait(&self, timeout: Option<Duration>, caller: Caller) -> Option<i32> {
        self.look(|| sched::process::join(self.process, timeout, caller))
    }

    /// The exit code, as remembered or as `ask` finds it now.
    #[track_caller]
    fn look(&self, ask: impl FnOnce() -> io::Result<Option<i32>>) -> Option<i32> {
        assert!(
            self.parent == kernel::pid(),
            "only its parent can wait for {}",
            self.name
        );
        if let Some(code) = self.remembered() {
            return Some(code);
        }
        let code = ask().unwrap_or_else(|error| panic!("cannot wait for {}: {error}", self.name));
        local(|local| {
            if let Some(entry) = local.children.get_mut(self.number) {
                entry.code = code;
            }
        });
        code
    }

    fn remembered(&self) -> Option<i32> {
        local(|local| local.children.get(self.number).and_then(|entry| entry.code))
    }

    fn signal(&self, signal: i32, caller: Caller) {
        // A child that was waited for is gone, and its number may belong to another by now.
        if self.parent != kernel::pid() || self.remembered().is_none() {
            sched::process::signal(self.process, signal, caller);
        }
    }
}

/// What a process knows of itself, like `multiprocessing.current_process()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    name: String,
    daemon: bool,
}

impl Current {
    /// Its name: `main`, `Process-1`, or what it was given.
    #[must_use]
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        kernel::pid()
    }

    /// Whether it is a daemon.
    #[must_use]
    pub fn is_daemon(&self) -> bool {
        self.daemon
    }
}

/// The process that calls this.
#[must_use]
pub fn current() -> Current {
    local(|local| {
        let name = if local.name.is_empty() {
            "main"
        } else {
            &local.name
        };
        Current {
            name: name.to_owned(),
            daemon: local.daemon,
        }
    })
}
