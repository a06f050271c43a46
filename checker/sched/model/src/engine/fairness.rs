//! Fairness among tasks whose questions are answered "not yet": none of them steps back for ever.
//!
//! What a loop asks is not always an operation that says "not yet". One that takes a lock, looks at
//! what it guards and gives it back goes round without a word, and each time changes something for
//! the others that do the same. Such a loop is known by what it does to itself: its registers and
//! the top of its stack come back to what they were, and nobody changed anything that stays. It
//! steps back as well, so that others go first, and time passes for those that sleep. This is no
//! proof of anything, and no verdict rests on it.

use crate::engine::decide::STEPS_BACK;
use crate::engine::slots::SlotSet;
use crate::engine::world::{NEVER, TaskRecord, ThreadRecord, World, state};

/// After this many points at which nothing changed, tasks that step back get their turn all the
/// same.
const LONG_QUIET: u32 = 300;
/// A turn is one point more for each so many that were passed, from the second time on.
const TURNS_LONGER_AFTER: u32 = 5_000;
/// Points without news (per live task) after which loops are looked for that do nothing.
const WITHOUT_NEWS: u32 = 64;

impl World {
    /// Whether nothing changed for so long that nobody should step back any more.
    pub(crate) fn is_quiet_for_long(&self) -> bool {
        self.quiet > LONG_QUIET
    }

    /// When all that could run step back: the one that has waited longest, so that they take
    /// turns. A turn is a point at first. In step with each other, tasks that let go what they hold
    /// for the other's sake may meet for ever; so turns become longer, and the steps of a loop fall
    /// together in another way.
    pub(crate) fn next_in_turn(&self) -> Option<SlotSet> {
        let could = |&task: &u32| is_awake(self.task(task));
        let turn = self.steps / TURNS_LONGER_AFTER;
        if could(&self.holder) && self.steps.saturating_sub(self.runs_since) < turn {
            return Some(self.only(self.holder));
        }
        self.longest_waiting(could)
    }

    /// Of the ready tasks and those that step back, the one that has waited longest, except for the
    /// one that ran last.
    pub(crate) fn next_beside(&self, ready: SlotSet) -> SlotSet {
        let could = |&task: &u32| {
            task != self.holder && (self.is_among(ready, task) || self.steps_back(task))
        };
        self.longest_waiting(could).unwrap_or(ready)
    }

    /// Of the tasks that could go on, the one that has waited longest, alone.
    fn longest_waiting(&self, could: impl Fn(&u32) -> bool) -> Option<SlotSet> {
        let could = self.present().filter(could);
        let longest = could.min_by_key(|&task| self.task(task).ready_order)?;
        Some(self.only(longest))
    }

    /// Whether a task could run, and waits for a change.
    pub(crate) fn steps_back(&self, task: u32) -> bool {
        let record = self.task(task);
        let waits = |it: &TaskRecord| it.polls_at == self.changes || self.spins(task);
        is_awake(record) && record.stepped_back == STEPS_BACK && waits(record)
    }

    /// Whether it is time to look for tasks that spin. It is, too, whenever it is time to look for
    /// endless repetition: news are changes.
    #[inline]
    #[must_use]
    pub fn suspects_spinning(&self) -> bool {
        self.without_news > WITHOUT_NEWS.saturating_mul(self.slot_count.max(1))
    }

    /// `task` passes `site`. `glance` hashes its registers and the top of its stack.
    pub fn note_spinning(&mut self, task: u32, site: u32, glance: impl FnOnce() -> u64) {
        let (news, passed) = (self.news, self.without_news);
        let record = &mut self.thread_mut(task).spins;
        if record.wants(news, passed, site) {
            record.note(news, passed, site, glance());
        }
    }

    /// Whether a task goes round and round, as far as one can see.
    #[inline]
    pub(crate) fn spins(&self, task: u32) -> bool {
        let is_seen =
            |record: &ThreadRecord| record.spins.found == 1 && record.spins.at == self.news;
        self.suspects_spinning() && is_seen(self.thread(task))
    }

    /// Time passes until `chosen` goes on. That is news for those that spin: what they look at may
    /// be changed in a way that nobody sees, so they have to look again before more time passes.
    pub(crate) fn note_time(&mut self, chosen: u32) {
        let sleeps = |task: &TaskRecord| match task.state {
            state::SLEEPING => true,
            state::BLOCKED => task.deadline != NEVER,
            _ => false,
        };
        let spins = |task: u32| is_awake(self.task(task)) && self.spins(task);
        let is_due = self.suspects_spinning() && sleeps(self.task(chosen));
        if is_due && self.present().any(spins) {
            self.changed();
        }
    }
}

fn is_awake(task: &TaskRecord) -> bool {
    matches!(task.state, state::READY | state::RUNNING)
}

#[cfg(test)]
mod tests {
    use super::LONG_QUIET;
    use crate::engine::decide::Next;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::world;
    use crate::engine::world::{NONE, Op, World};

    #[test]
    fn nobody_steps_back_for_ever_beside_one_whose_questions_are_not_known() {
        let mut world = world(Strategy::Natural, 3, 2);
        world.announce(0, Op::Read, 9, 1);
        world.not_yet(0);
        world.announce(0, Op::Read, 9, 1);
        let mut points = 0;
        while world.decide(world.holder) == Next::Task(1) {
            // Another one each time.
            world.announce(1, Op::Read, 10 + points, 2);
            world.not_yet(1);
            points += 1;
        }
        assert_eq!(world.holder, 0);
        assert!(
            (LONG_QUIET - 2..LONG_QUIET + 2).contains(&points),
            "{points}"
        );
    }

    #[test]
    fn turns_of_those_that_step_back_become_longer() {
        let mut world = world(Strategy::BreadthFirst, 3, 2);
        let mut turns = |steps: u32| {
            world.steps = steps;
            world.runs_since = steps;
            let mut holders = Vec::new();
            for _ in 0..12 {
                for task in 0..2 {
                    world.task_mut(task).polls_at = world.changes;
                }
                world.announce(world.holder, Op::Read, 9, 1);
                world.not_yet(world.holder);
                world.decide(world.holder);
                holders.push(world.holder);
            }
            let stretches = holders.chunk_by(|one, next| one == next);
            stretches.map(<[u32]>::len).max()
        };
        assert_eq!(turns(0), Some(1));
        assert_eq!(turns(15_000), Some(3));
    }

    /// Goes round a loop that takes a lock and gives it back, until somebody else is chosen. `count`
    /// is what the loop keeps on its stack.
    fn go_round(world: &mut World, count: impl Fn(u64) -> u64) -> Option<u32> {
        for round in 0..1000 {
            if world.suspects_spinning() {
                world.note_spinning(0, 1, || count(round));
            }
            world.announce(0, Op::Acquire, 0, 1);
            if world.decide(0) != Next::Task(0) {
                return Some(world.holder);
            }
            world.acquired(0, 0, true);
            world.released(0, 0);
        }
        None
    }

    fn world_with_a_sleeper() -> Box<World> {
        let mut world = world(Strategy::Natural, 0, 2);
        world.add_object(1, "", NONE, 0).expect("few objects");
        world.sleep(1, 1_000_000_000);
        world
    }

    #[test]
    fn time_passes_for_who_sleeps_beside_a_loop_that_takes_a_lock_and_does_nothing() {
        let mut world = world_with_a_sleeper();
        assert_eq!(go_round(&mut world, |_| 7), Some(1));
        assert_eq!(world.clock, 1_000_000_000);
        assert!(!world.spins(0), "it has to look again");
    }

    #[test]
    fn no_time_passes_beside_a_loop_that_gets_on() {
        let mut world = world_with_a_sleeper();
        assert_eq!(go_round(&mut world, |round| round), None);
        assert_eq!(world.clock, 0);
    }
}
