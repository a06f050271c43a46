//! Those that wait for what the scheduler does not control: pipes, sockets, programs that are no tasks.

use crate::engine::slots::SlotSet;
use crate::engine::world::{NEVER, NONE, TaskRecord, World, state};
use crate::kind::ObjectKind;

/// The word on which tasks wait for something outside. No real word has this address.
pub const OUTSIDE_WORD: u64 = 3;
/// Points that others may pass meanwhile. There must be a limit: the waiting task may be the one
/// that could end their loop.
const PATIENCE: u32 = 2000;
/// [`TaskRecord::timed_out`] of a task that goes on because nobody else could.
pub const LAST_RESORT: u32 = 2;

impl World {
    /// Whose turn it is when nobody else can go on, or the others went on for long: of those that
    /// wait for something outside, the one that has waited longest.
    pub(crate) fn next_outside(&self) -> SlotSet {
        let waits = |&task: &u32| waits_outside(self.task(task));
        let all = self.present().filter(waits);
        let first = all.min_by_key(|&task| self.task(task).ready_order);
        first.map_or(SlotSet::EMPTY, |first| self.only(first))
    }

    /// Whether others went on for so long that it is the turn of one that waits for something outside.
    pub(crate) fn outside_is_due(&self) -> bool {
        let due = |task: &TaskRecord| {
            waits_outside(task) && self.steps.saturating_sub(task.blocked_at) > PATIENCE
        };
        // Nearly every run has ended by then.
        self.steps > PATIENCE && self.present_records().any(due)
    }

    /// If `task` goes on because nobody else could: whether others wait for something outside, too.
    pub fn others_outside(&mut self, task: u32) -> Option<bool> {
        let is_last_resort = self.task(task).timed_out == LAST_RESORT;
        is_last_resort.then(|| self.next_outside() != SlotSet::EMPTY)
    }

    /// The object that stands for all pipes, or for all of another kind.
    pub fn outside(&mut self, name: &str, site: u32) -> u32 {
        let kind = ObjectKind::Outside;
        let known = self.named(kind, name);
        known.unwrap_or_else(|| self.add_object(kind as u32, name, site, 0).unwrap_or(NONE))
    }

    /// `task` did something that another one may wait for.
    pub fn changed_outside(&mut self, task: u32, object: u32) {
        self.acquire_edge(task, object);
        self.release_edge(task, object);
        self.changed();
        self.look_outside();
    }

    /// Those that wait for something outside may look again.
    pub fn look_outside(&mut self) {
        if self.programs == 0 {
            self.wake(OUTSIDE_WORD, NONE);
        }
    }
}

/// Whether a task waits, without an end, for something that is not controlled.
#[must_use]
pub fn waits_outside(task: &TaskRecord) -> bool {
    task.state == state::BLOCKED && task.wait_word == OUTSIDE_WORD && task.deadline == NEVER
}
