//! A standstill: tasks of which none goes on unless another one of them does first. That their waits
//! never end follows from it, whatever else might be done.

use sched_model::run::{Site, TaskId};

use crate::facts::fact::Awaited;

/// Waits that never end.
#[derive(Clone, Debug, PartialEq)]
pub struct Standstill {
    /// First the wait that is told of; then those of who could end one of these.
    pub waits: Vec<Stuck>,
}

/// A wait, and who could end it: each of them waits as well, repeats the same for ever, or has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Stuck {
    /// Who waits.
    pub task: TaskId,
    /// For what.
    pub awaited: Awaited,
    /// Where.
    pub at: Option<Site>,
    /// Nobody else could end it.
    pub ended_by: Vec<TaskId>,
}

impl Standstill {
    /// Whether each waits for the next one, and the last one for the first.
    pub fn is_cycle(&self) -> bool {
        let waits = |task: &TaskId| self.waits.iter().any(|it| it.task == *task);
        let for_one = |it: &Stuck| matches!(&it.ended_by[..], [one] if waits(one));
        let first = self.waits.first().map(|it| it.task);
        let comes_back = |it: &Stuck| it.ended_by.first().copied() == first;
        self.waits.iter().all(for_one) && self.waits.iter().any(comes_back)
    }
}
