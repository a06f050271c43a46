//! What a process knows of itself and of its children.

use std::panic::Location;
use std::sync::{Mutex, PoisonError};

use rustix::process::Signal;
use sched_runtime::kernel;
use sched_runtime::process;

use crate::lifecycle::{Hooks, Part, register};

/// A child as its parent knows it.
struct Entry {
    process: process::Process,
    daemon: bool,
    /// Its exit code, once it was seen: the system tells it only once.
    code: Option<i32>,
}

/// What this process knows of itself and of its children.
struct Family {
    /// Empty in the first process.
    name: String,
    /// The default name it would have, which its children's default names begin with; empty in
    /// the first process.
    default_name: String,
    daemon: bool,
    /// How many children were begun, even if starting them failed.
    started: usize,
    children: Vec<Entry>,
}

/// Not thread-local: at the exit of the process, where it is needed, such data is gone already.
static FAMILY: Mutex<Family> = Mutex::new(Family {
    name: String::new(),
    default_name: String::new(),
    daemon: false,
    started: 0,
    children: Vec::new(),
});

fn family<R>(act: impl FnOnce(&mut Family) -> R) -> R {
    act(&mut FAMILY.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Whether this process is a daemon.
pub(crate) fn is_daemon() -> bool {
    family(|family| family.daemon)
}

/// The default name of the next child, as CPython's: `Process-1`, and `Process-1:2` for the second
/// child of that.
pub(crate) fn next_name() -> String {
    family(|family| {
        family.started += 1;
        if family.default_name.is_empty() {
            format!("Process-{}", family.started)
        } else {
            format!("{}:{}", family.default_name, family.started)
        }
    })
}

/// Notes a new child and returns its number.
pub(crate) fn add_child(process: process::Process, daemon: bool) -> usize {
    family(|family| {
        family.children.push(Entry {
            process,
            daemon,
            code: None,
        });
        family.children.len() - 1
    })
}

/// The exit code of the child with this number, if it was noted.
pub(crate) fn exit_code(child: usize) -> Option<i32> {
    family(|family| family.children.get(child)?.code)
}

/// Notes the exit code of the child with this number, if it is known.
pub(crate) fn note_exit_code(child: usize, code: Option<i32>) {
    family(|family| {
        if let Some(entry) = family.children.get_mut(child) {
            entry.code = code;
        }
    });
}

/// In a new process: it has this name and no children.
pub(crate) fn begin(name: String, default_name: String, daemon: bool) {
    let own = Family {
        name,
        default_name,
        daemon,
        started: 0,
        children: Vec::new(),
    };
    // The parent's data is left where it is: freeing it would only copy the pages it lies on.
    std::mem::forget(family(|family| std::mem::replace(family, own)));
}

/// Sees to it that this process, or a copy of it, does not end before its children.
pub(crate) fn outlive_children() {
    let hooks = Hooks {
        at_exit: stop_children,
        ..Hooks::NONE
    };
    register(Part::Children, hooks);
}

/// The rules at the end of a process: its daemons are terminated, then all children waited for.
fn stop_children() {
    let caller = Location::caller();
    // A second end, from within the first, finds nothing left to do.
    let children = family(|family| std::mem::take(&mut family.children));
    let alive = |child: &&Entry| child.code.is_none();
    for child in children.iter().filter(alive).filter(|child| child.daemon) {
        process::signal(child.process, Signal::TERM.as_raw(), caller);
    }
    for child in children.iter().filter(alive) {
        // An error says that it is gone already, which is what we wait for.
        let _ = process::await_exit(child.process, None, caller);
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
    family(|family| {
        let name = if family.name.is_empty() {
            "main"
        } else {
            &family.name
        };
        Current {
            name: name.to_owned(),
            daemon: family.daemon,
        }
    })
}
