//! What this process put into queues: it does not end before others took it, beyond 64 KiB.

use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sched_runtime::Caller;

use super::messages::Messages;
use crate::lifecycle::{Hooks, Part, register};

/// A queue that this process put something into.
struct Put {
    queue: Arc<Messages>,
    /// Where in the queue's bytes its last message ends.
    end: u64,
    /// The line that put it.
    caller: Caller,
    cancelled: bool,
}

/// The queues that this process put something into.
static PUT: Mutex<Vec<Put>> = Mutex::new(Vec::new());

fn all_put() -> MutexGuard<'static, Vec<Put>> {
    PUT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Changes what is noted of this process and the queue.
fn note(queue: &Arc<Messages>, change: impl FnOnce(&mut Put)) {
    let mut all = all_put();
    let known = all.iter().position(|put| Arc::ptr_eq(&put.queue, queue));
    let at = known.unwrap_or_else(|| {
        register(Part::Queues, HOOKS);
        all.push(Put {
            queue: Arc::clone(queue),
            end: 0,
            caller: Location::caller(),
            cancelled: false,
        });
        all.len() - 1
    });
    change(&mut all[at]);
}

/// Notes that this process put a message into the queue, which ends at the byte `end`.
pub(super) fn note_put(queue: &Arc<Messages>, end: u64, caller: Caller) {
    note(queue, |put| (put.end, put.caller) = (end, caller));
}

/// Notes that this process may end although nobody took what it put into the queue.
pub(super) fn cancel(queue: &Arc<Messages>) {
    note(queue, |put| put.cancelled = true);
}

const HOOKS: Hooks = Hooks {
    in_child: forget,
    at_exit: wait_until_taken,
    hands_over: false,
};

/// A new process has put nothing yet.
fn forget() {
    // Freeing the parent's data would only copy the pages it lies on.
    std::mem::forget(std::mem::take(&mut *all_put()));
}

/// At the end of a process: waits until others took what it put.
fn wait_until_taken() {
    let all = std::mem::take(&mut *all_put());
    for put in all.iter().filter(|put| !put.cancelled) {
        put.queue.wait_until_taken(put.end, put.caller);
    }
}
