//! Those that wait for what the scheduler does not control: pipes, sockets, programs that are no tasks.

use crate::engine::slots::SlotSet;
use crate::engine::world::{NEVER, NONE, TaskRecord, World, state};
use crate::kind::ObjectKind;
use crate::limits::MAX_ADDRESSES;

/// The word on which tasks wait for something outside. No real word has this address.
pub const OUTSIDE_WORD: u64 = 3;
/// The same of those for which only tasks of the run could do something.
const OWN_WORD: u64 = 4;
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

    /// `task`, which waits for something outside, found that it has to do with tasks of the run alone:
    /// they have all ends of it. So it waits for them as for any task; `far_end` is what they could do
    /// something at, and `far_holder` the leading task of a process that has it.
    pub fn wait_for_own(&mut self, task: u32, object: u32, far_end: u64, far_holder: Option<u32>) {
        let now = self.steps;
        let record = self.task_mut(task);
        record.state = state::BLOCKED;
        record.blocked_at = now;
        record.wait_word = OWN_WORD;
        record.wait_object = object;
        record.timed_out = 0;
        let record = self.thread_mut(task);
        record.far_end = far_end;
        record.far_holder = far_holder.map_or(0, |holder| holder + 1);
    }

    /// Those that could end the wait of `task` for a pipe or socket, if all that could are tasks of
    /// the run: the tasks that used the other end last, or who has it open.
    pub fn far_side(&self, task: u32) -> Option<impl Iterator<Item = u32>> {
        let waits = self.task(task);
        let (far, holder) = (self.thread(task).far_end, self.thread(task).far_holder);
        let uses = move |other: u32| far != 0 && other != task && self.thread(other).end == far;
        let lives = |other: &u32| self.task(*other).state != state::EXITED;
        let users = move || self.present().filter(lives).filter(move |&it| uses(it));
        // Of its own process, it may be any thread: nobody is named but itself.
        let named = |holder: u32| {
            if holder == waits.process {
                task
            } else {
                holder
            }
        };
        let holder = holder.checked_sub(1).map(named);
        let holder = holder.filter(|_| users().next().is_none());
        let is_own = waits.state == state::BLOCKED && waits.wait_word == OWN_WORD;
        is_own.then(|| users().chain(holder))
    }

    /// An address at which somebody of the run can be reached is one that the run uses among its own
    /// tasks: the system chose it, so that nobody else can know it, or a task asked there.
    pub fn note_address(&mut self, address: u64) {
        let at = self.address_count as usize;
        if at < MAX_ADDRESSES && !self.knows_address(address) {
            self.addresses[at] = address;
            self.address_count += 1;
        }
    }

    /// Whether an address is used among the run's own tasks.
    #[must_use]
    pub fn knows_address(&self, address: u64) -> bool {
        self.known_addresses().any(|known| known == address)
    }

    /// These addresses.
    pub fn known_addresses(&self) -> impl Iterator<Item = u64> {
        let known = self.addresses.iter().take(self.address_count as usize);
        known.copied()
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
        self.wake(OWN_WORD, NONE);
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
