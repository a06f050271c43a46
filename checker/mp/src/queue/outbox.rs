//! What this process put into queues: it does not end before others took it, beyond 64 KiB; or that
//! is lost, where the process need not wait.

use std::collections::VecDeque;
use std::ops::Range;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sched_runtime::Caller;

use super::messages::Messages;
use crate::lifecycle::{Hooks, Part, register};

/// A queue that this process put something into.
struct Put {
    queue: Arc<Messages>,
    /// Where in the queue's bytes its messages lie, but for some that were taken.
    places: VecDeque<Range<u64>>,
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
            places: VecDeque::new(),
            caller: Location::caller(),
            cancelled: false,
        });
        all.len() - 1
    });
    change(&mut all[at]);
}

/// Notes that this process put a message into the queue, which lies at these bytes.
pub(super) fn note_put(queue: &Arc<Messages>, place: Range<u64>, caller: Caller) {
    let taken = queue.taken();
    note(queue, |put| {
        while put.places.front().is_some_and(|it| it.end <= taken) {
            put.places.pop_front();
        }
        put.places.push_back(place);
        put.caller = caller;
    });
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
    for put in std::mem::take(&mut *all_put()) {
        let Some(last) = put.places.back() else {
            continue;
        };
        if put.cancelled {
            put.queue.lose(put.places.into_iter(), put.caller);
        } else {
            put.queue.wait_until_taken(last.end, put.caller);
        }
    }
}
