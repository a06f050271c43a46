//! Fairness among tasks whose questions are answered "not yet": none of them steps back for ever.

use crate::engine::decide::STEPS_BACK;
use crate::engine::world::{TaskRecord, World, state};
use crate::task_set::TaskSet;

/// After this many points at which nothing changed, tasks that step back get their turn all the
/// same.
const LONG_QUIET: u32 = 300;

impl World {
    /// Whether nothing changed for so long that nobody should step back any more.
    pub(crate) fn is_quiet_for_long(&self) -> bool {
        self.quiet > LONG_QUIET
    }

    /// When all that could run step back: the one that has waited longest, so that they take
    /// turns.
    pub(crate) fn next_in_turn(&self) -> Option<TaskSet> {
        let could = |&task: &u32| is_awake(self.task(task));
        self.longest_waiting(could)
    }

    /// Of the ready tasks and those that step back, the one that has waited longest, except for the
    /// one that ran last.
    pub(crate) fn next_beside(&self, ready: TaskSet) -> TaskSet {
        let could = |&task: &u32| {
            task != self.holder && (ready.contains(task) || self.steps_back(self.task(task)))
        };
        self.longest_waiting(could).unwrap_or(ready)
    }

    /// Of the tasks that could go on, the one that has waited longest, alone.
    fn longest_waiting(&self, could: impl Fn(&u32) -> bool) -> Option<TaskSet> {
        let could = (0..self.task_count).filter(could);
        let mut one = TaskSet::default();
        one.insert(could.min_by_key(|&task| self.task(task).ready_order)?);
        Some(one)
    }

    /// Whether a task could run, and waits for a change.
    pub(crate) fn steps_back(&self, task: &TaskRecord) -> bool {
        is_awake(task) && task.stepped_back == STEPS_BACK && task.polls_at == self.changes
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
    use crate::engine::world::Op;

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
}
