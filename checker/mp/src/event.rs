//! `Event`: a flag that tasks can wait for.

use std::panic::Location;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sched_model::Op;
use sched_model::{Act, ObjectKind};
use sched_runtime::{Caller, Object, Until, kernel, otherwise, record};

use crate::shared::Block;

/// A flag shared by processes, like `multiprocessing.Event`: tasks wait until it is set.
///
/// Setting it lets all tasks go on that wait at that moment, even if it is cleared right after.
pub struct Event {
    /// How often the flag was changed: it is set when the number is odd.
    changes: Block,
    object: Object,
}

impl Default for Event {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

fn is_set(changes: u32) -> bool {
    changes % 2 == 1
}

impl Event {
    /// An event that is not set.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        Self::named("")
    }

    /// An event that is not set, with a name for reports.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str) -> Self {
        Self {
            changes: Block::new(1),
            object: kernel::object(ObjectKind::Event, name, 0, Location::caller()),
        }
    }

    /// Sets it: all tasks that wait go on.
    #[track_caller]
    pub fn set(&self) {
        self.change_to(true, Location::caller());
    }

    /// Clears it: tasks that begin to wait now wait until it is set again.
    #[track_caller]
    pub fn clear(&self) {
        self.change_to(false, Location::caller());
    }

    /// Whether it is set. The answer may be out of date at once.
    #[must_use]
    #[track_caller]
    pub fn is_set(&self) -> bool {
        kernel::point(Op::Look, self.object, Location::caller());
        let set = is_set(self.changes.futex(0).load(Ordering::Acquire));
        if set {
            record::acquire_edge(self.object);
        }
        record::looked(self.object, Act::Looked, u64::from(set));
        set
    }

    /// Waits until it is set.
    #[track_caller]
    pub fn wait(&self) {
        self.wait_until(Until::Woken, Location::caller());
    }

    /// Like [`Event::wait`], but gives up after `timeout`. Returns whether it was set.
    #[must_use = "the event was set only if this is true"]
    #[track_caller]
    pub fn wait_timeout(&self, timeout: Duration) -> bool {
        self.wait_until(Until::after(Some(timeout)), Location::caller())
    }

    fn change_to(&self, set: bool, caller: Caller) {
        kernel::point(Op::Sign, self.object, caller);
        let word = self.changes.futex(0);
        if set {
            record::release_edge(self.object);
        }
        let turned = |changes: u32| (is_set(changes) != set).then_some(changes.wrapping_add(1));
        // Where it is so already, nobody waits for it.
        let turned = word.try_update(Ordering::AcqRel, Ordering::Acquire, turned);
        let act = if set { Act::Set } else { Act::Cleared };
        record::act(self.object, act, 0);
        if set && turned.is_ok() {
            kernel::wake(word, kernel::EVERYONE);
        }
    }

    fn wait_until(&self, until: Until, caller: Caller) -> bool {
        kernel::point(Op::Receive, self.object, caller);
        let word = self.changes.futex(0);
        let seen = word.load(Ordering::Acquire);
        // When it changes it is set, even if it is cleared again before this task looks.
        while !is_set(seen) && word.load(Ordering::Acquire) == seen {
            if !kernel::wait(word, seen, until, self.object, caller) {
                record::would_block(self.object, caller);
                return false;
            }
            if otherwise::is_answered() {
                break;
            }
        }
        record::acquire_edge(self.object);
        record::passed(self.object, Act::Passed, 0);
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Event;

    #[test]
    fn it_stays_set_until_it_is_cleared() {
        let open = Event::new();
        assert!(!open.is_set() && !open.wait_timeout(Duration::from_millis(1)));
        open.set();
        open.set();
        open.wait();
        assert!(open.is_set() && open.wait_timeout(Duration::ZERO));
        open.clear();
        assert!(!open.is_set());
    }
}
