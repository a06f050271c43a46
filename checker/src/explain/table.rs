//! The steps of a run that matter for a finding, as a table: a column for each task that took
//! part, time running down, and the states that the tasks come to.

use sched_model::run::{Act, Choice, Event, Freedom, Run, TaskId, What};

use super::pick::{self, Step};
use super::waiting;
use crate::facts::About;
use crate::facts::table::{Cell, Kind, Row, Table};

/// The table of a run for what is to be seen. Where only one task matters, others that took part are
/// shown, too; `None` where there is nothing to be seen in either.
pub fn table(run: &Run, about: &About) -> Option<Table> {
    let several = |table: &Table| table.tasks.len() > 1;
    let narrow = of(run, about);
    if several(&narrow) {
        return Some(narrow);
    }
    let wide = of(run, &pick::wider(run, about));
    let steps = |table: &Table| table.rows.iter().filter(|row| row.is_step()).count();
    Some(wide).filter(|it| several(it) || run.tasks.len() > 1 && steps(it) > 1)
}

fn of(run: &Run, about: &About) -> Table {
    let (tasks, left_out) = pick::columns(run, about);
    let mut steps = pick::steps(run, about, &tasks);
    // The step before tells what was read or written, too.
    steps.retain(|it| !is_told(run, it.event));
    let mut rows = Rows {
        run,
        tasks: &tasks,
        rows: Vec::new(),
    };
    let mut before = None;
    for step in &steps {
        rows.step(before, step);
        before = Some(step.event);
    }
    let table = Table {
        rows: rows.rows,
        tasks,
        left_out,
        decides: None,
    };
    table.without_empty_columns()
}

/// Whether what an event says is said by the one before: a value that is not the newest one.
fn is_told(run: &Run, event: usize) -> bool {
    let before = event.checked_sub(1);
    let is_it = |at: &usize| {
        matches!(run.events[*at].what, What::Act(Act::Freely, number)
            if Freedom::from_code(number).is_some_and(Freedom::is_of_values))
    };
    before
        .filter(is_it)
        .is_some_and(|at| run.unseen(at).is_some())
}

impl Row {
    fn is_step(&self) -> bool {
        matches!(self.kind, Kind::Step(..))
    }
}

impl Table {
    /// A task that does nothing that matters, and whose state does not change, needs no column.
    fn without_empty_columns(mut self) -> Table {
        for column in (0..self.tasks.len()).rev() {
            let rows = self.rows.iter();
            if rows.clone().all(|row| row.cells[column] == Cell::Nothing) {
                self.tasks.remove(column);
                self.rows.iter_mut().for_each(|row| {
                    row.cells.remove(column);
                });
            }
        }
        self
    }
}

/// Builds the rows, one by one.
struct Rows<'a> {
    run: &'a Run,
    tasks: &'a [TaskId],
    rows: Vec<Row>,
}

impl Rows<'_> {
    /// Adds a step, preceded by what happened between it and the step before.
    fn step(&mut self, before: Option<usize>, step: &Step) {
        let index = step.event;
        let task = self.run.events[index].task;
        if step.left_out > 0 {
            self.push(Kind::Gap(step.left_out), |_| Cell::Nothing);
        }
        if let Some(before) = before
            && let Some(left) = self.left(before, index)
        {
            self.push(Kind::Switch, |it| match it {
                it if it == task => Cell::Running,
                it if it == left => Cell::Ready,
                _ => Cell::Nothing,
            });
        }
        let switched = self.rows.last().is_some_and(|row| row.kind == Kind::Switch);
        if let Some(late) = self.kept_waiting(before, index).filter(|_| !switched) {
            self.push(Kind::Delay, |it| match it {
                it if it == task => Cell::Running,
                it if late.contains(&it) => Cell::Ready,
                _ => Cell::Nothing,
            });
        }
        let woken = self.made_ready(index);
        let kind = Kind::Step(index, step.times);
        self.push(kind, |it| match it {
            it if it == task => Cell::Does,
            it if woken.contains(&it) => Cell::Ready,
            _ => Cell::Nothing,
        });
    }

    fn push(&mut self, kind: Kind, cell: impl Fn(TaskId) -> Cell) {
        let cells = self.tasks.iter().map(|&task| cell(task)).collect();
        self.rows.push(Row { kind, cells });
    }

    /// The task that was left between two steps although it could have gone on, if another one
    /// comes next.
    fn left(&self, before: usize, next: usize) -> Option<TaskId> {
        let choices = &self.run.choices;
        let task = self.run.events[next].task;
        let mut between = choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| choice.preempts && (before + 1..=next).contains(&choice.events));
        between.find_map(|(place, _)| {
            let left = place.checked_sub(1).map_or(0, |last| choices[last].task);
            (left != task && self.tasks.contains(&left)).then_some(left)
        })
    }

    /// The tasks that were ready when the task of a step went on after a sleep, before its turn.
    fn kept_waiting(&self, before: Option<usize>, index: usize) -> Option<Vec<TaskId>> {
        let task = self.run.events[index].task;
        let since = before.map_or(0, |before| before + 1);
        let chosen = |it: &&Choice| it.deviates && it.task == task;
        let mut choices = self.run.choices.iter().filter(chosen);
        let choice = choices.find(|it| (since..=index).contains(&it.events))?;
        let last = waiting::last(self.run, task, choice.events)?;
        if !matches!(last.what, What::Sleep(_)) {
            return None;
        }
        let ready = waiting::ready(self.run, choice);
        let ready = |task: &TaskId| ready.contains(task);
        let late: Vec<TaskId> = self.tasks.iter().copied().filter(ready).collect();
        (!late.is_empty()).then_some(late)
    }

    /// The tasks that become Ready by a step: those it starts, and those that waited for exactly
    /// this.
    fn made_ready(&self, index: usize) -> Vec<TaskId> {
        let event = &self.run.events[index];
        if let What::Start(child) = event.what {
            return vec![child];
        }
        let others = self.tasks.iter().filter(|&&task| task != event.task);
        others
            .filter(|&&task| self.is_what_it_waits_for(task, index))
            .copied()
            .collect()
    }

    /// Whether a task waits before a step, and the step is the last one, before it goes on, that
    /// can have ended the wait.
    fn is_what_it_waits_for(&self, task: TaskId, index: usize) -> bool {
        let events = &self.run.events;
        let before = events[..index].iter().rfind(|event| event.task == task);
        let Some(wait) = before else {
            return false;
        };
        let ends = |event: &Event| match wait.what {
            What::JoinWait(child) => event.task == child && matches!(event.what, What::Exit(_)),
            What::Blocked => event.object == wait.object && waiting::gives(self.run, event),
            _ => false,
        };
        let after = &events[index + 1..];
        let goes_on = after.iter().position(|event| event.task == task);
        goes_on.is_some_and(|goes_on| ends(&events[index]) && !after[..goes_on].iter().any(ends))
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
