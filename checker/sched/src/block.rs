//! Waiting and waking: what makes a task Blocked or Sleeping, and what ends it.

use crate::limits::MAX_TASKS;
use crate::world::{Ending, Kind, NEVER, NONE, World, state};

/// What a task waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitFor {
    /// The address of a futex word; 0 when it waits for a child.
    pub word: u64,
    /// The object that the word belongs to.
    pub object: u32,
    /// The child whose exit it waits for.
    pub child: u32,
    /// Virtual time at which it gives up.
    pub deadline: u64,
}

impl World {
    /// Makes `task` wait. If that closes a cycle of waits that nobody can open, the run ends.
    pub fn block(&mut self, task: u32, wait: WaitFor) {
        let record = self.task_mut(task);
        record.state = state::BLOCKED;
        record.wait_word = wait.word;
        record.wait_object = wait.object;
        record.wait_child = wait.child;
        record.deadline = wait.deadline;
        record.timed_out = 0;
        if wait.child == NONE {
            self.record(task, Kind::Blocked, wait.object, 0, 0);
        } else {
            self.record(task, Kind::JoinWait, NONE, u64::from(wait.child), 0);
        }
        if wait.deadline == NEVER && self.cycle_from(task, true).0 > 0 {
            self.end(Ending::Deadlock, task);
        }
    }

    /// Wakes up to `n` tasks that wait for `word`, the longest waiting first. Returns how many.
    pub fn wake(&mut self, word: u64, n: u32) -> u32 {
        let mut woken = 0;
        while woken < n {
            let waits = |t: &crate::world::TaskRecord| t.state == state::BLOCKED && t.wait_word == word;
            let longest = (0..self.task_count)
                .filter(|&t| waits(self.task(t)))
                .min_by_key(|&t| self.task(t).ready_order);
            let Some(task) = longest else { break };
            self.make_ready(task);
            woken += 1;
        }
        woken
    }

    /// Puts `task` to sleep for `nanos` of virtual time.
    pub fn sleep(&mut self, task: u32, nanos: u64) {
        self.record(task, Kind::Sleep, NONE, nanos, 0);
        let until = self.clock.saturating_add(nanos);
        self.ready_orders += 1;
        let order = self.ready_orders;
        let record = self.task_mut(task);
        record.state = state::SLEEPING;
        record.ready_at = until;
        record.ready_order = order;
    }

    /// `task` now holds `object`. With `owner_only`, nobody else can give it back.
    pub fn acquired(&mut self, task: u32, object: u32, owner_only: bool) {
        let site = self.task(task).site;
        if let Some(record) = self.object_mut(object) {
            record.owner = task;
            record.owner_site = site;
            record.owner_only = u32::from(owner_only);
        }
        self.learn(task, object);
        self.record(task, Kind::Acquired, object, 0, 0);
        self.changed();
    }

    /// `object` is free again.
    pub fn released(&mut self, task: u32, object: u32) {
        if let Some(record) = self.object_mut(object) {
            record.owner = NONE;
            record.owner_site = NONE;
        }
        self.teach(task, object);
        self.record(task, Kind::Released, object, 0, 0);
        self.changed();
    }

    /// A signal that will end `victim` when it is next chosen.
    pub fn doom(&mut self, task: u32, victim: u32, signal: u32) {
        self.record(task, Kind::Signal, NONE, u64::from(victim), u64::from(signal));
        self.changed();
        let now = self.now();
        let record = self.task_mut(victim);
        if record.state != state::EXITED && record.doom == 0 {
            record.doom = signal;
            record.ready_at = now;
        }
    }

    /// The process of `task` is gone: those who joined it may go on.
    pub fn exited(&mut self, task: u32, code: i32) {
        if self.task(task).state == state::EXITED {
            return;
        }
        self.record(task, Kind::Exit, NONE, u64::from(code.cast_unsigned()), 0);
        let record = self.task_mut(task);
        record.state = state::EXITED;
        record.exit_code = code;
        self.changed();
        for waiter in 0..self.task_count {
            let waits = self.task(waiter);
            if waits.state == state::BLOCKED && waits.wait_child == task {
                self.make_ready(waiter);
            }
        }
    }

    /// Follows the waits from `task` until they come back to it. Returns the length of the cycle
    /// (0 for none) and its tasks. With `certain`, only waits count that nobody outside the cycle
    /// can end: for a child's exit, or for an object that only its owner can give back.
    #[must_use]
    pub fn cycle_from(&self, task: u32, certain: bool) -> (usize, [u32; MAX_TASKS]) {
        let mut path = [NONE; MAX_TASKS];
        let mut at = task;
        for length in 0..MAX_TASKS {
            path[length] = at;
            let Some(next) = self.waits_for(at, certain) else { return (0, path) };
            if next == task {
                return (length + 1, path);
            }
            at = next;
        }
        (0, path)
    }

    /// Whom a blocked task waits for.
    fn waits_for(&self, task: u32, certain: bool) -> Option<u32> {
        let record = self.task(task);
        if record.state != state::BLOCKED || record.deadline != NEVER || record.doom != 0 {
            return None;
        }
        if record.wait_child != NONE {
            return Some(record.wait_child);
        }
        let object = self.objects.get(record.wait_object as usize)?;
        let known = record.wait_object < self.object_count && object.owner != NONE;
        (known && (object.owner_only == 1 || !certain)).then_some(object.owner)
    }
}
