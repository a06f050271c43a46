//! Waiting and waking: what makes a task Blocked or Sleeping, and what ends it.

use crate::engine::world::{Ending, Kind, NEVER, NONE, World, state};
use crate::intervention::kind;
use crate::kind::{Class, ObjectKind};
use crate::limits::{MAX_LIVE, MAX_TASKS};
use crate::slot_set::WORDS;

/// What a task waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitFor {
    /// The address of a futex word; 0 when it waits for a child.
    pub word: u64,
    /// The object that the word belongs to.
    pub object: u32,
    /// The child whose exit it waits for; with a word, the task whose exit ends the wait as well.
    pub child: u32,
    /// Virtual time at which it gives up.
    pub deadline: u64,
}

impl World {
    /// Makes `task` wait. If that closes a cycle of waits that nobody can open, the run ends.
    pub fn block(&mut self, task: u32, mut wait: WaitFor) {
        if self.does_otherwise(task, kind::NO_LIMIT) {
            wait.deadline = NEVER;
        }
        let now = self.steps;
        let record = self.task_mut(task);
        record.state = state::BLOCKED;
        record.blocked_at = now;
        record.wait_word = wait.word;
        record.wait_object = wait.object;
        record.wait_child = wait.child;
        record.deadline = wait.deadline;
        record.timed_out = 0;
        if wait.child != NONE && self.other_side(task).is_some() {
            self.caller = task;
        }
        if wait.child == NONE || wait.word != 0 {
            self.record(task, Kind::Blocked, wait.object, 0, 0);
        } else {
            self.record(task, Kind::JoinWait, NONE, u64::from(wait.child), 0);
        }
        if self.process_count < self.task_count && self.has_company(task) {
            // The other threads of its process go on, and may see what it did before this.
            self.forget_states(task);
        }
        if wait.deadline == NEVER && !self.cycle_from(task, true).is_empty() {
            self.end(Ending::Deadlock, task);
        }
    }

    /// Who goes on with a request where `task` waits: the server, where it waits for an answer; who
    /// asked last, where it is the server and has answered.
    pub(crate) fn other_side(&self, task: u32) -> Option<u32> {
        let record = self.task(task);
        let kind = self.object(record.wait_object)?.kind;
        let serves = ObjectKind::from_code(kind)?.class() == Class::Server;
        let asks = record.wait_child != NONE;
        serves.then_some(if asks { record.wait_child } else { self.caller })
    }

    /// `task` begins to wait, and wakes up for no reason when others that could go on have.
    pub fn rise(&mut self, task: u32, wait: WaitFor) {
        self.block(task, wait);
        if self.task(task).state == state::BLOCKED {
            self.make_ready(task);
        }
    }

    /// The same before others have.
    pub fn rise_at_once(&mut self, task: u32, wait: WaitFor) {
        self.task_mut(task).timed_out = 0;
        self.record(task, Kind::Blocked, wait.object, 0, 0);
    }

    /// Wakes up to `n` tasks that wait for `word`, the longest waiting first. Returns how many.
    #[inline]
    pub fn wake(&mut self, word: u64, n: u32) -> u32 {
        let mut woken = 0;
        while woken < n {
            let waits = |t: &crate::engine::world::TaskRecord| {
                t.state == state::BLOCKED && t.wait_word == word
            };
            let longest = self
                .present()
                .filter(|&t| waits(self.task(t)))
                .min_by_key(|&t| (self.may_wait(t), self.task(t).ready_order));
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
    #[inline]
    pub fn acquired(&mut self, task: u32, object: u32, owner_only: bool) {
        let site = self.task(task).site;
        if let Some(record) = self.object_mut(object) {
            record.owner = task;
            record.owner_site = site;
            record.owner_only = u32::from(owner_only);
        }
        self.acquire_edge(task, object);
        self.record(task, Kind::Acquired, object, 0, 0);
        self.note_held(task, object, true);
    }

    /// `object` is free again.
    #[inline]
    pub fn released(&mut self, task: u32, object: u32) {
        if let Some(record) = self.object_mut(object) {
            record.owner = NONE;
            record.owner_site = NONE;
        }
        self.release_edge(task, object);
        self.record(task, Kind::Released, object, 0, 0);
        self.note_held(task, object, false);
    }

    /// A signal that will end `victim` when it is next chosen.
    pub fn kill_later(&mut self, task: u32, victim: u32, signal: u32) {
        self.record(
            task,
            Kind::Signal,
            NONE,
            u64::from(victim),
            u64::from(signal),
        );
        self.changed();
        let now = self.now();
        let record = self.task_mut(victim);
        if record.state != state::EXITED && record.pending_kill == 0 {
            record.pending_kill = signal;
            record.ready_at = now;
            record.delayed_until = 0;
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
        self.let_go_of_files(task);
        self.look_outside();
        for slot in 0..self.slot_count {
            let waiter = self.in_slot(slot);
            let waits = self.task(waiter);
            if waits.state == state::BLOCKED && waits.wait_child == task {
                self.make_ready(waiter);
            }
        }
    }

    /// Follows the waits from `task` until they come back to it. With `certain`, only waits count
    /// that nobody outside the cycle can end: for a child's exit, or for an object that only its
    /// holders can give back. A task that waits for several tasks needs all of them, so a cycle
    /// through any one of them counts.
    #[must_use]
    pub fn cycle_from(&self, task: u32, certain: bool) -> Cycle {
        let mut path = Cycle::default();
        path.push(task);
        let mut seen = [0_u64; WORDS];
        // Of those that the last one on the path waits for, the one that was followed before.
        let mut followed = None;
        while let Some(last) = path.last() {
            match self.next_waited_for(last, certain, followed) {
                None => followed = path.pop(),
                Some(next) if next == task => return path,
                Some(next) => {
                    let slot = self.slot(next) as usize;
                    let (word, bit) = (&mut seen[slot / 64], 1 << (slot % 64));
                    if self.is_present(next) && *word & bit == 0 {
                        *word |= bit;
                        path.push(next);
                        followed = None;
                    } else {
                        followed = Some(next);
                    }
                }
            }
        }
        path
    }

    /// The first of those that `task` waits for, after the one with this number.
    fn next_waited_for(&self, task: u32, certain: bool, after: Option<u32>) -> Option<u32> {
        let all = self.waits_for(task, certain);
        all.filter(|&next| after.is_none_or(|after| after < next))
            .min()
    }
}

/// Tasks of which each waits for the next one, and the last one for the first.
#[derive(Clone, Debug)]
pub struct Cycle {
    length: usize,
    /// Half the size of other numbers of tasks: this lies on the stack of the program.
    path: [u16; MAX_LIVE],
}

const _: () = assert!(MAX_TASKS <= 1 << u16::BITS, "a number of a task fits");

impl Default for Cycle {
    fn default() -> Self {
        Self {
            length: 0,
            path: [0; MAX_LIVE],
        }
    }
}

impl Cycle {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The tasks, from the one at which the search began.
    pub fn tasks(&self) -> impl Iterator<Item = u32> {
        self.path[..self.length].iter().map(|&task| task.into())
    }

    fn last(&self) -> Option<u32> {
        let at = self.length.checked_sub(1)?;
        Some(self.path[at].into())
    }

    fn push(&mut self, task: u32) {
        if let Some(place) = self.path.get_mut(self.length) {
            *place = u16::try_from(task).unwrap_or(0);
            self.length += 1;
        }
    }

    fn pop(&mut self) -> Option<u32> {
        let last = self.last()?;
        self.length -= 1;
        Some(last)
    }
}

#[cfg(test)]
mod tests {
    use super::WaitFor;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::{Ending, NEVER, NONE, World, state};

    /// Four tasks and three locks.
    fn world() -> Box<World> {
        let mut world = testing::world(Strategy::Natural, 0, 4);
        for _ in 0..3 {
            world.add_object(1, "", NONE, 0).expect("few objects");
        }
        world
    }

    fn lock(object: u32) -> WaitFor {
        WaitFor {
            word: 100 + u64::from(object),
            object,
            child: NONE,
            deadline: NEVER,
        }
    }

    fn child(child: u32) -> WaitFor {
        WaitFor {
            word: 0,
            object: NONE,
            child,
            deadline: NEVER,
        }
    }

    fn is_over(world: &World, by: u32) -> bool {
        world.over() && (world.ending, world.end_task) == (Ending::Deadlock as u32, by)
    }

    #[test]
    fn the_longest_waiting_is_woken_first() {
        let mut world = world();
        for task in [2, 1, 3] {
            world.make_ready(task);
            world.block(task, lock(0));
        }
        assert_eq!(world.wake(101, 5), 0, "nobody waits for that word");
        assert_eq!(world.wake(100, 1), 1);
        assert_eq!(world.task(2).state, state::READY);
        assert_eq!(world.task(1).state, state::BLOCKED);
        assert_eq!(world.wake(100, 5), 2);
        assert_eq!(world.wake(100, 1), 0);
    }

    #[test]
    fn who_waits_for_a_word_of_another_task_goes_on_when_that_exits() {
        let mut world = world();
        let message = WaitFor {
            child: 2,
            ..lock(0)
        };
        world.block(1, message);
        // Somebody else might send, so this is not certain to be a deadlock.
        world.block(2, child(1));
        assert!(!world.over());
        assert!(world.cycle_from(1, true).is_empty());
        assert!(world.cycle_from(1, false).tasks().eq([1, 2]));
        world.exited(2, 0);
        assert_eq!(world.task(1).state, state::READY);
        assert_eq!(world.wake(100, 1), 0, "it no longer waits");
    }

    #[test]
    fn a_cycle_of_owners_is_a_deadlock_at_once() {
        let mut world = world();
        for task in 0..3 {
            world.acquired(task, task, true);
        }
        world.block(0, lock(1));
        world.block(1, lock(2));
        assert!(!world.over());
        world.block(2, lock(0));
        assert!(is_over(&world, 2));
        assert!(world.cycle_from(2, true).tasks().eq([2, 0, 1]));
        assert!(world.cycle_from(3, true).is_empty());
    }

    #[test]
    fn what_leads_to_a_cycle_is_not_in_it() {
        let mut world = world();
        world.acquired(1, 1, true);
        world.block(1, lock(1));
        assert!(is_over(&world, 1));
        world.task_mut(0).state = state::BLOCKED;
        world.task_mut(0).wait_object = 1;
        assert!(world.cycle_from(0, true).is_empty());
    }

    #[test]
    fn joins_close_cycles_too() {
        let mut world = world();
        world.acquired(0, 0, true);
        world.block(0, child(1));
        world.block(1, lock(0));
        assert!(is_over(&world, 1));
        let mut world = self::world();
        world.block(0, child(0));
        assert!(is_over(&world, 0), "a task that joins itself");
    }

    #[test]
    fn a_way_out_is_no_deadlock() {
        let ways: [fn(&mut World); 4] = [
            // Anybody may release a lock that has no owner.
            |world| world.acquired(1, 1, false),
            // A wait with a deadline ends by itself.
            |world| world.task_mut(1).deadline = 5,
            // A task that is about to die waits for nobody.
            |world| world.kill_later(2, 1, 15),
            |world| world.released(1, 1),
        ];
        for way in ways {
            let mut world = world();
            world.acquired(0, 0, true);
            world.acquired(1, 1, true);
            world.block(1, lock(0));
            way(&mut world);
            world.block(0, lock(1));
            assert!(!world.over());
        }
    }

    #[test]
    fn an_exit_wakes_all_who_join_and_counts_once() {
        let mut world = world();
        world.block(0, child(3));
        world.block(1, child(3));
        world.block(2, lock(0));
        world.exited(3, 7);
        let states = [0, 1, 2, 3].map(|task| world.task(task).state);
        assert_eq!(
            states,
            [state::READY, state::READY, state::BLOCKED, state::EXITED]
        );
        let events = world.event_count;
        world.exited(3, 8);
        assert_eq!((world.task(3).exit_code, world.event_count), (7, events));
    }

    #[test]
    fn a_sleep_counts_from_the_clock_and_ends_in_range() {
        let mut world = world();
        world.clock = 10;
        world.sleep(0, 5);
        assert_eq!(
            (world.task(0).state, world.task(0).ready_at),
            (state::SLEEPING, 15)
        );
        world.sleep(1, u64::MAX);
        assert_eq!(world.task(1).ready_at, u64::MAX);
    }

    #[test]
    fn the_first_signal_counts_and_the_dead_feel_none() {
        let mut world = world();
        world.kill_later(0, 1, 15);
        world.kill_later(0, 1, 9);
        assert_eq!(world.task(1).pending_kill, 15);
        world.exited(2, 0);
        world.kill_later(0, 2, 9);
        assert_eq!(world.task(2).pending_kill, 0);
    }

    #[test]
    fn owners_are_noted_and_forgotten() {
        let mut world = world();
        world.task_mut(1).site = 9;
        world.acquired(1, 0, false);
        assert_eq!(
            (world.objects[0].owner, world.objects[0].owner_site),
            (1, 9)
        );
        world.released(2, 0);
        assert_eq!(world.objects[0].owner, NONE);
        world.acquired(1, NONE, false);
        world.released(1, NONE);
    }
}
