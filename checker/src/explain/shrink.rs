//! Makes a failing schedule smaller: fewer context switches, then fewer choices that the natural
//! schedule would not make, then fewer changes from task to task, then fewer steps.
//!
//! A context switch is counted where a task that could have gone on is left for another one. Where
//! a task waits, sleeps or ends, another one must go on, and there is no switch; but choosing
//! another one than the natural schedule would is a deviation, which is left out if possible.
//!
//! Deviations are left out in groups of decreasing size (delta debugging: Zeller and Hildebrandt,
//! IEEE TSE 28(2), 2002), the last ones first, since what comes after the failure never matters.
//! Then separate stretches of one task are joined by moving one of them (Jalbert and Sen, FSE
//! 2010).

use std::collections::BTreeMap;

use sched_model::limits::STEPS_PER_CHECK;
use sched_model::run::{Choice, Deviation, TaskId, deviations};

use crate::facts::Failing;

/// Runs that are tried at most, so that a check stays quick.
const ATTEMPTS: u32 = 250;
/// Scheduling points that they may have together.
const STEPS: u64 = 100_000;
/// So many are tried of runs that are longer, up to so many points together: half of those that were
/// passed to find what is made small.
const LEAST: u32 = 12;
const MOST_STEPS: u64 = STEPS_PER_CHECK / 2;
/// Work that they may take together.
pub const WORK: u64 = 500_000;

impl Failing {
    /// How many context switches it has.
    pub fn switches(&self) -> usize {
        let choices = self.run.choices.iter();
        choices.filter(|choice| choice.preempts).count()
    }

    /// What is to become small.
    fn size(&self) -> [usize; 4] {
        let choices = &self.run.choices;
        let deviating = choices.iter().filter(|choice| choice.deviates).count();
        let changes = choices.windows(2).filter(|two| two[0].task != two[1].task);
        [
            self.switches(),
            deviating,
            changes.count(),
            self.run.steps as usize,
        ]
    }
}

/// Runs the natural schedule with these other choices, if that fails in the same way.
pub type Attempt<'a> = &'a mut dyn FnMut(&[Deviation]) -> anyhow::Result<Option<Failing>>;

/// The smallest failing run that is found.
///
/// # Errors
///
/// Those of `attempt`.
pub fn shrink(first: Failing, attempt: Attempt) -> anyhow::Result<Failing> {
    let mut search = Search {
        best: first,
        attempts: 0,
        steps: 0,
        work: 0,
        attempt,
    };
    search.leave_out()?;
    while search.join_stretches()? {
        search.leave_out()?;
    }
    Ok(search.best)
}

struct Search<'a> {
    best: Failing,
    attempts: u32,
    steps: u64,
    work: u64,
    attempt: Attempt<'a>,
}

impl Search<'_> {
    /// Leaves out choices, in ever smaller groups, until each that is left is needed. Without any it is
    /// the natural schedule, which was among the first: where runs are long it is not tried again.
    fn leave_out(&mut self) -> anyhow::Result<()> {
        let mut group = deviations(&self.best.run.choices).len();
        if u64::from(self.best.run.steps) > STEPS {
            group = group.div_ceil(2);
        }
        while group > 0 && !self.is_spent() {
            let smaller = self.without_groups_of(group)?;
            group = match group {
                1 if smaller => 1,
                group => group / 2,
            };
        }
        Ok(())
    }

    /// For each place where a task was left although it could have gone on: lets it go on to where
    /// it is left next, or lets it wait from an earlier place on. Returns whether that made the run
    /// smaller.
    fn join_stretches(&mut self) -> anyhow::Result<bool> {
        let mut smaller = false;
        // Where choices stand for many, it is not known which of them to move.
        if self.best.run.choices.iter().any(|it| it.times > 1) {
            return Ok(false);
        }
        let mut at = self.best.run.choices.len();
        while let Some(switch) = last_switch(&self.best.run.choices, at) {
            if self.is_spent() {
                break;
            }
            at = switch;
            for order in joined(&self.best.run.choices, switch) {
                if self.try_with(&every_choice(&order))? {
                    smaller = true;
                    break;
                }
            }
        }
        Ok(smaller)
    }

    /// Leaves out one group after the other. Returns whether that made the run smaller.
    fn without_groups_of(&mut self, size: usize) -> anyhow::Result<bool> {
        let mut smaller = false;
        let mut end = deviations(&self.best.run.choices).len();
        while end > 0 && !self.is_spent() {
            let kept = deviations(&self.best.run.choices);
            end = end.min(kept.len());
            let start = end.saturating_sub(size);
            let rest = [&kept[..start], &kept[end..]].concat();
            smaller |= self.try_with(&rest)?;
            end = start;
        }
        Ok(smaller)
    }

    /// Whether nothing more is to be tried.
    fn is_spent(&self) -> bool {
        let spent = match self.steps >= STEPS || self.work >= WORK {
            true => self.attempts >= LEAST || self.steps >= MOST_STEPS,
            false => self.attempts >= ATTEMPTS,
        };
        spent || crate::support::interrupt::requested()
    }

    /// Tries other choices, and keeps them if they are better.
    fn try_with(&mut self, deviations: &[Deviation]) -> anyhow::Result<bool> {
        if self.is_spent() {
            return Ok(false);
        }
        self.attempts += 1;
        self.steps += u64::from(self.best.run.steps);
        self.work += self.best.run.work();
        let Some(failing) = (self.attempt)(deviations)? else {
            return Ok(false);
        };
        let better = failing.size() < self.best.size();
        if better {
            self.best = failing;
        }
        Ok(better)
    }
}

/// The last context switch before a choice.
fn last_switch(choices: &[Choice], before: usize) -> Option<usize> {
    let choices = choices.get(..before).unwrap_or(choices);
    choices.iter().rposition(|choice| choice.preempts)
}

/// The order of tasks if the task that is left at `switch` goes on there, or if it does not run
/// just before.
fn joined(choices: &[Choice], switch: usize) -> Vec<Vec<TaskId>> {
    let order: Vec<TaskId> = choices.iter().map(|choice| choice.task).collect();
    let Some(left) = switch.checked_sub(1).map(|before| order[before]) else {
        return Vec::new();
    };
    let is_left = |at: &usize| order[*at] == left;
    let length = |range: std::ops::Range<usize>| range.take_while(is_left).count();
    let Some(again) = (switch..order.len()).find(is_left) else {
        return Vec::new();
    };
    let next = again..again + length(again..order.len());
    let before = (0..switch).rev().take_while(is_left).count();
    let earlier = [
        &order[..switch],
        &order[next.clone()],
        &order[switch..again],
        &order[next.end..],
    ];
    let later = [
        &order[..switch - before],
        &order[switch..again],
        &order[switch - before..switch],
        &order[again..],
    ];
    vec![earlier.concat(), later.concat()]
}

/// An order of tasks as deviations, including the choices that the natural schedule would make as
/// well.
pub fn every_choice(order: &[TaskId]) -> Vec<Deviation> {
    let mut turns: BTreeMap<TaskId, u64> = BTreeMap::new();
    let mut holder = 0;
    let mut all = Vec::new();
    for &task in order {
        let turn = turns.entry(holder).or_default();
        let turn = std::mem::replace(turn, *turn + 1);
        all.push(Deviation { holder, turn, task });
        holder = task;
    }
    all
}

#[cfg(test)]
#[path = "shrink_tests.rs"]
mod tests;
