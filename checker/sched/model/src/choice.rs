//! The scheduler's decisions in a finished run, and where they leave the natural schedule.

use crate::ids::{ObjectId, TaskId};
use crate::task_set::TaskSet;

/// One decision of the scheduler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who went on.
    pub task: TaskId,
    /// The virtual clock then, in nanoseconds.
    pub clock: u64,
    /// Whether the task that ran could have gone on.
    pub preempts: bool,
    /// Whether the natural schedule would have chosen another task.
    pub deviates: bool,
    /// Who could have been chosen.
    pub candidates: TaskSet,
    /// Who could have gone on without being interrupted.
    pub current: Option<TaskId>,
    /// The object that the chosen task had announced it would use next.
    pub object: Option<ObjectId>,
    /// Events before it: an index into [`Run::events`](crate::run::Run::events).
    pub events: usize,
    /// How many decisions this stands for: further ones let the same task go on.
    pub times: u32,
}

impl Choice {
    /// The choice of a task, to be replayed. Its clock is not given: it is computed again.
    #[must_use]
    pub fn of_task(task: TaskId) -> Self {
        Self {
            task,
            clock: 0,
            preempts: false,
            deviates: false,
            candidates: TaskSet::default(),
            current: None,
            object: None,
            events: 0,
            times: 1,
        }
    }
}

/// A choice that differs from the natural schedule's. The way it is named keeps its meaning when
/// other such choices are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deviation {
    /// Whose turn it was.
    pub holder: TaskId,
    /// Which of its turns, from 0.
    pub turn: u64,
    /// Who went on instead.
    pub task: TaskId,
}

/// The choices of a run that differ from the natural schedule's, in order.
#[must_use]
pub fn deviations(choices: &[Choice]) -> Vec<Deviation> {
    let mut turns: Vec<u64> = Vec::new();
    let mut found = Vec::new();
    let mut holder = 0;
    for choice in choices {
        turns.resize(turns.len().max(holder + 1), 0);
        if choice.deviates {
            found.push(Deviation {
                holder,
                turn: turns[holder],
                task: choice.task,
            });
        }
        turns[holder] += 1;
        holder = choice.task;
        turns.resize(turns.len().max(holder + 1), 0);
        turns[holder] += u64::from(choice.times.saturating_sub(1));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Choice, Deviation, deviations};

    #[test]
    fn a_deviation_is_named_by_whose_turn_it_was() {
        let choice = |task, deviates| Choice {
            deviates,
            ..Choice::of_task(task)
        };
        let choices = [
            choice(0, false),
            choice(2, true),
            choice(2, false),
            choice(0, true),
            choice(1, true),
        ];
        let deviation = |holder, turn, task| Deviation { holder, turn, task };
        let expected = [deviation(0, 1, 2), deviation(2, 1, 0), deviation(0, 2, 1)];
        assert_eq!(deviations(&choices), expected);
        let mut fewer = choices.to_vec();
        fewer.remove(2);
        fewer[1].times = 2;
        assert_eq!(
            deviations(&fewer),
            expected,
            "where decisions are taken together"
        );
    }
}
