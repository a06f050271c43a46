//! The steps of a run that matter for a finding, as a table: a column for each task that took
//! part, time running down, and the states that the tasks come to.

use std::collections::{BTreeMap, BTreeSet};

use sched::run::{Act, Choice, Event, FileAct, ObjectId, ObjectKind, Run, TaskId, What};

use super::waiting;
use crate::judge::about::About;

/// Columns that fit a page.
const MOST_TASKS: usize = 4;
/// Steps that one can still follow.
const MOST_STEPS: usize = 22;

/// Steps of some tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub tasks: Vec<TaskId>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether some tasks that took part have no column.
    pub left_out: bool,
}

/// A row: what one task does, and what becomes of the others by that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What kind of row.
    pub kind: Kind,
    /// A cell for each task.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An event of the run.
    Step(usize),
    /// A task that could have gone on is left for another one.
    Switch,
    /// A task goes on after a sleep, although others that are ready have waited for longer.
    Delay,
    /// Steps are left out here.
    Gap,
}

/// What there is to say about a task in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// It does what the row is about.
    Does,
    /// It is Ready from here on.
    Ready,
    /// It is Running from here on.
    Running,
}

/// The table of a run for what is to be seen; `None` where fewer than two tasks matter.
pub fn table(run: &Run, about: &About) -> Option<Table> {
    let (tasks, left_out) = columns(run, about);
    if tasks.len() < 2 {
        return None;
    }
    let picker = Picker::new(run, about, &tasks);
    let end = about.until.map_or(run.events.len(), |until| until + 1);
    let chosen: Vec<usize> = (0..end.min(run.events.len()))
        .filter(|&index| picker.matters(index))
        .collect();
    let kept = thinned(&chosen, about);
    let mut rows = Rows {
        run,
        tasks: &tasks,
        rows: Vec::new(),
    };
    let mut before = None;
    for (place, &index) in chosen.iter().enumerate() {
        if !kept.contains(&index) {
            continue;
        }
        let skipped = place > 0 && before != Some(chosen[place - 1]);
        rows.step(before, index, skipped);
        before = Some(index);
    }
    let rows = rows.rows;
    let table = Table {
        tasks,
        rows,
        left_out,
    };
    (!table.rows.is_empty()).then_some(table)
}

/// Who gets a column, in the order of their creation; and whether somebody who should does not.
fn columns(run: &Run, about: &About) -> (Vec<TaskId>, bool) {
    let mut tasks = about.tasks.clone();
    // In a small run each switch is needed, and so are those between whom it is.
    let choices = &run.choices;
    let events = about.until.map_or(usize::MAX, |until| until + 1);
    for (place, choice) in choices.iter().enumerate() {
        if choice.preempts && choice.events < events {
            let left = place.checked_sub(1).map(|before| choices[before].task);
            tasks.extend(left);
            tasks.push(choice.task);
        } else if choice.deviates && choice.events < events {
            tasks.push(choice.task);
        }
    }
    // Nothing could go wrong with them if they did not meet.
    if tasks.iter().all(|task| *task == tasks[0]) {
        tasks.extend(partners(run, about));
    }
    let mut columns: Vec<TaskId> = Vec::new();
    for task in tasks {
        if !columns.contains(&task) {
            columns.push(task);
        }
    }
    let left_out = columns.len() > MOST_TASKS;
    columns.truncate(MOST_TASKS);
    columns.sort_unstable();
    (columns, left_out)
}

/// Those who changed what the tasks of the finding used before.
fn partners(run: &Run, about: &About) -> Vec<TaskId> {
    let end = about.until.map_or(run.events.len(), |until| until + 1);
    let events = &run.events[..end.min(run.events.len())];
    let mine = events.iter().filter(|it| about.tasks.contains(&it.task));
    let used: BTreeSet<ObjectId> = mine.filter_map(|event| event.object).collect();
    let others = run.events.iter().filter(|event| {
        let other = !about.tasks.contains(&event.task);
        other && changes(&event.what) && event.object.is_some_and(|it| used.contains(&it))
    });
    others.map(|event| event.task).collect()
}

/// Whether an event changes what others may see of its object.
pub fn changes(what: &What) -> bool {
    match what {
        What::Wrote(..) | What::Updated(..) => true,
        What::Act(Act::Put | Act::Set | Act::Cleared | Act::Notified | Act::Arrived, _) => true,
        What::File(act, _) => !matches!(act, FileAct::Read | FileAct::Look | FileAct::Open),
        _ => false,
    }
}

/// Decides what matters.
struct Picker<'a> {
    run: &'a Run,
    about: &'a About,
    tasks: &'a [TaskId],
    objects: Vec<ObjectId>,
}

impl<'a> Picker<'a> {
    fn new(run: &'a Run, about: &'a About, tasks: &'a [TaskId]) -> Self {
        let mut objects = about.objects.clone();
        if objects.is_empty() {
            objects = shared(run, tasks);
        }
        Self {
            run,
            about,
            tasks,
            objects,
        }
    }

    fn matters(&self, index: usize) -> bool {
        let event = &self.run.events[index];
        if !self.tasks.contains(&event.task) {
            return false;
        }
        if self.about.events.contains(&index) {
            return true;
        }
        if self.is_part_of_next(index) {
            return false;
        }
        let of_object = event.object.is_some_and(|it| self.objects.contains(&it));
        let known = |task: &TaskId| self.tasks.contains(task);
        match &event.what {
            What::Start(task) | What::JoinWait(task) | What::Joined(task) => known(task),
            What::IsAlive(task, _) | What::Signal(task, _) => known(task),
            What::Panic | What::Sleep(_) => true,
            What::Exit(_) => {
                self.somebody_waits_for(event.task) || self.about.tasks.contains(&event.task)
            }
            What::Print(..) => self.about.prints,
            What::Again | What::Yield | What::Clock | What::Random | What::Begin => false,
            What::Enter(_) | What::Leave(_) => false,
            _ => of_object,
        }
    }

    /// Whether a step is but the beginning or the end of another one, at the same line with nothing
    /// in between: taking a lock for a single change, emptying a file to write it anew.
    fn is_part_of_next(&self, index: usize) -> bool {
        use FileAct::{Empty, Write};
        let events = &self.run.events;
        let same = |a: &Event, b: &Event| (a.task, a.object, &a.at) == (b.task, b.object, &b.at);
        let next = |from: usize| events.get(from + 1).filter(|it| same(it, &events[from]));
        let is_change = |it: &Event| {
            matches!(
                it.what,
                What::Read(..) | What::Updated(..) | What::Wrote(..)
            )
        };
        match events[index].what {
            What::Acquired => next(index).is_some_and(|it| {
                is_change(it) && next(index + 1).is_some_and(|it| it.what == What::Released)
            }),
            What::Released => {
                let before = index.checked_sub(2).map(|first| &events[first..index]);
                before.is_some_and(|it| {
                    let alike = it.iter().all(|it| same(it, &events[index]));
                    alike && it[0].what == What::Acquired && is_change(&it[1])
                })
            }
            What::File(Empty, _) => {
                next(index).is_some_and(|it| matches!(it.what, What::File(Write, _)))
            }
            _ => false,
        }
    }

    fn somebody_waits_for(&self, task: TaskId) -> bool {
        let waits =
            |event: &Event| event.what == What::JoinWait(task) && self.tasks.contains(&event.task);
        self.run.events.iter().any(waits)
    }
}

/// What at least two of the tasks used.
fn shared(run: &Run, tasks: &[TaskId]) -> Vec<ObjectId> {
    let mut users: BTreeMap<ObjectId, Vec<TaskId>> = BTreeMap::new();
    for event in run.events.iter().filter(|it| tasks.contains(&it.task)) {
        if let Some(object) = event.object {
            let of_it = users.entry(object).or_default();
            if !of_it.contains(&event.task) {
                of_it.push(event.task);
            }
        }
    }
    users.retain(|_, of_it| of_it.len() > 1);
    users.into_keys().collect()
}

/// Those of the steps that there is room for: what must be seen, and then the last ones.
fn thinned(chosen: &[usize], about: &About) -> Vec<usize> {
    let must = chosen.iter().filter(|it| about.events.contains(it)).count();
    let mut room = MOST_STEPS.saturating_sub(must);
    let mut kept = Vec::new();
    for &index in chosen.iter().rev() {
        if about.events.contains(&index) {
            kept.push(index);
        } else if room > 0 {
            room -= 1;
            kept.push(index);
        }
    }
    kept
}

/// The rows as they come to be.
struct Rows<'a> {
    run: &'a Run,
    tasks: &'a [TaskId],
    rows: Vec<Row>,
}

impl Rows<'_> {
    /// Adds a step, and before it what lies between it and the one before.
    fn step(&mut self, before: Option<usize>, index: usize, skipped: bool) {
        let task = self.run.events[index].task;
        if skipped {
            self.push(Kind::Gap, |_| Cell::Nothing);
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
        self.push(Kind::Step(index), |it| match it {
            it if it == task => Cell::Does,
            it if woken.contains(&it) => Cell::Ready,
            _ => Cell::Nothing,
        });
    }

    fn push(&mut self, kind: Kind, cell: impl Fn(TaskId) -> Cell) {
        let cells = self.tasks.iter().map(|&task| cell(task)).collect();
        self.rows.push(Row { kind, cells });
    }

    /// Who was left between two steps although it could have gone on, if somebody else comes next.
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

    /// Who was ready when the task of a step went on after a sleep, out of turn.
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

    /// Who becomes Ready by a step: who is started, and who waited for just this.
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
            What::Blocked => event.object == wait.object && self.gives(event),
            _ => false,
        };
        let after = &events[index + 1..];
        let goes_on = after.iter().position(|event| event.task == task);
        goes_on.is_some_and(|goes_on| ends(&events[index]) && !after[..goes_on].iter().any(ends))
    }

    /// Whether an event gives those who wait for its object a reason to go on.
    fn gives(&self, event: &Event) -> bool {
        let kind = event.object.and_then(|object| self.run.objects.get(object));
        match &event.what {
            What::Released | What::Wrote(..) | What::Updated(..) => true,
            What::Act(act, _) => matches!(
                act,
                Act::Gave
                    | Act::Set
                    | Act::Notified
                    | Act::Put
                    | Act::Got
                    | Act::Done
                    | Act::Closed
                    | Act::Arrived
                    | Act::Broke
                    | Act::Reset
                    | Act::Passed
            ),
            What::File(..) => kind.is_some_and(|it| it.kind == ObjectKind::File),
            _ => false,
        }
    }
}
