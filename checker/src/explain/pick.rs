//! Picks the tasks of a run that one has to see to understand a finding, and which of their steps.

use std::collections::{BTreeMap, BTreeSet};

use sched_model::run::{Act, Asked, End, Event, FileAct, ObjectId, ObjectKind, Run, TaskId, What};

use crate::facts::About;

/// Columns that fit a page.
const MOST_TASKS: usize = 4;
/// Others that are shown beside a single task.
const PARTNERS: usize = MOST_TASKS - 1;
/// Steps that one can still follow.
const MOST_STEPS: usize = 12;

/// The tasks that get a column, in the order of their creation; and whether one that should have
/// one does not.
pub fn columns(run: &Run, about: &About) -> (Vec<TaskId>, bool) {
    let mut tasks = about.tasks.clone();
    // In a shrunk run each switch is needed, and so are the two tasks of each switch.
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
    let mut columns: Vec<TaskId> = Vec::new();
    let mut add = |task: TaskId, most: usize| {
        if !columns.contains(&task) && columns.len() < most {
            columns.push(task);
        }
    };
    tasks.into_iter().for_each(|task| add(task, usize::MAX));
    // Nothing could go wrong with one alone.
    if about.tasks.len() == 1 {
        let others = partners(run, about).into_iter();
        others.for_each(|task| add(task, 1 + PARTNERS));
    }
    let others = between(run, about).into_iter();
    others.for_each(|task| add(task, MOST_TASKS));
    let left_out = columns.len() > MOST_TASKS;
    columns.truncate(MOST_TASKS);
    columns.sort_unstable();
    (columns, left_out)
}

/// Tasks that changed what a finding is about between its first step and its last one: without them
/// nobody understands what is seen in the end.
fn between(run: &Run, about: &About) -> Vec<TaskId> {
    let first = about.events.iter().min().copied().unwrap_or(usize::MAX);
    let last = about.until.or(about.events.iter().max().copied());
    let during = first..=last.unwrap_or(0);
    let events = run.events.iter().enumerate();
    let during = events.filter(|(index, _)| during.contains(index));
    let changed = during.filter(|(_, event)| {
        changes(&event.what) && event.object.is_some_and(|it| about.objects.contains(&it))
    });
    changed.map(|(_, event)| event.task).collect()
}

/// The same finding with more of those who took part: who else waits for ever, and who used what its
/// tasks used, the last ones first.
pub fn wider(run: &Run, about: &About) -> About {
    let mut wider = about.clone();
    let end = about.until.map_or(run.events.len(), |until| until + 1);
    let (before, after) = run.events.split_at(end.min(run.events.len()));
    let mine = before.iter().filter(|it| about.tasks.contains(&it.task));
    let used: BTreeSet<ObjectId> = mine.filter_map(|event| event.object).collect();
    let uses = |event: &&Event| event.object.is_some_and(|it| used.contains(&it));
    let waits = match &run.end {
        End::Deadlock { waits, .. } => waits.as_slice(),
        _ => &[],
    };
    let waiting = waits.iter().map(|wait| wait.task);
    let users = before.iter().rev().filter(uses);
    let users = users.chain(after.iter().filter(uses)).map(|it| it.task);
    let started = before.iter().filter_map(|event| match event.what {
        What::Start(task) if about.tasks.contains(&event.task) => Some(task),
        _ => None,
    });
    for task in waiting.chain(users).chain(started) {
        if wider.tasks.len() < MOST_TASKS && !run.serves(task) {
            wider.task(task);
        }
    }
    let mut objects = shared(run, &wider.tasks);
    objects.extend(waits.iter().filter_map(|wait| wait.object));
    // Where the others did nothing yet, what its tasks did shows what they missed.
    if objects.is_empty() {
        objects.extend(used);
    }
    objects.into_iter().for_each(|it| wider.object(Some(it)));
    wider
}

/// Tasks that failed to start something that may be missing now; and tasks that changed what the
/// tasks of the finding used: the last that did so before, and the first that came too late.
fn partners(run: &Run, about: &About) -> Vec<TaskId> {
    let end = about.until.map_or(run.events.len(), |until| until + 1);
    let (before, after) = run.events.split_at(end.min(run.events.len()));
    let mine = before.iter().filter(|it| about.tasks.contains(&it.task));
    let used: BTreeSet<ObjectId> = mine.clone().filter_map(|event| event.object).collect();
    let other = |event: &&Event| {
        let of_others = !about.tasks.contains(&event.task);
        let lasts = changes(&event.what) || takes(&event.what);
        of_others && lasts && event.object.is_some_and(|it| used.contains(&it))
    };
    let failed = |it: &&Event| {
        let failed = matches!(it.what, What::StartFailed(_));
        failed && !about.tasks.contains(&it.task)
    };
    let mut partners: Vec<TaskId> = Vec::new();
    let late = after.iter().find(other).into_iter();
    let failed = before.iter().filter(failed);
    for event in failed.chain(before.iter().rev().filter(other)).chain(late) {
        if !partners.contains(&event.task) {
            partners.push(event.task);
        }
    }
    for event in mine {
        match event.what {
            What::IsAlive(task, _) | What::Joined(task) if !partners.contains(&task) => {
                partners.push(task);
            }
            _ => {}
        }
    }
    partners
}

/// Whether an event changes what others may see of its object.
pub fn changes(what: &What) -> bool {
    match what {
        What::Wrote(..) | What::Updated(..) => true,
        What::Request(_, _, asked) => *asked != Asked::Looks,
        What::Act(Act::Changed | Act::Put | Act::Set | Act::Cleared, _) => true,
        What::Act(Act::Notified | Act::Arrived, _) => true,
        What::File(act, _) => !matches!(act, FileAct::Read | FileAct::Look | FileAct::Open),
        _ => false,
    }
}

/// Whether it takes something away that others may wait for, or gives it back.
fn takes(what: &What) -> bool {
    use Act::{Broke, Changed, Closed, Done, Gave, Got, Took};
    matches!(
        what,
        What::Act(Got | Took | Gave | Changed | Done | Broke | Closed, _)
    )
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
        if is_part_of_next(self.run, index) {
            return false;
        }
        let of_object = event.object.is_some_and(|it| self.objects.contains(&it));
        let known = |task: &TaskId| self.tasks.contains(task);
        match &event.what {
            What::Start(task) => known(task),
            // At its end a process waits for its children, and no line of the program says so.
            What::JoinWait(task) | What::Joined(task) | What::GaveUp(task) => {
                known(task) && event.at.is_some()
            }
            What::IsAlive(task, _) | What::Signal(task, _) => known(task),
            What::Panic | What::Sleep(_) | What::StartFailed(_) => true,
            What::Exit(_) => {
                let matters = self.about.tasks.contains(&event.task) && event.task != 0;
                matters || self.somebody_waits_for(event.task)
            }
            What::Print(..) => self.about.prints,
            What::Again | What::Yield | What::Clock | What::Random | What::Begin => false,
            What::Enter(_) | What::Leave(_) => false,
            _ => of_object,
        }
    }

    fn somebody_waits_for(&self, task: TaskId) -> bool {
        let waits =
            |event: &Event| event.what == What::JoinWait(task) && self.tasks.contains(&event.task);
        self.run.events.iter().any(waits)
    }
}

/// Whether a step is only the beginning or the end of another one at the same line with nothing
/// in between: taking a lock for a single change, or emptying a file in order to rewrite it.
/// The answer to a request counts too, since it always comes.
pub fn is_part_of_next(run: &Run, index: usize) -> bool {
    use FileAct::{Empty, Write};
    let events = &run.events;
    let same = |a: &Event, b: &Event| (a.task, a.object, &a.at) == (b.task, b.object, &b.at);
    let next = |from: usize| events.get(from + 1).filter(|it| same(it, &events[from]));
    let is_change = |it: &Event| {
        matches!(
            it.what,
            What::Read(..) | What::Updated(..) | What::Wrote(..)
        )
    };
    let object = events[index].object.and_then(|it| run.objects.get(it));
    let of_manager = object.is_some_and(|it| it.kind == ObjectKind::Manager);
    match events[index].what {
        What::Answer(_) => true,
        What::Blocked if of_manager => true,
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

/// A step that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub event: usize,
    /// How often it came in a row.
    pub times: usize,
    /// How many others that matter are left out before it.
    pub left_out: usize,
}

/// The steps of these tasks that matter, as far as there is room: first those that must be seen,
/// then the last ones.
pub fn steps(run: &Run, about: &About, tasks: &[TaskId]) -> Vec<Step> {
    let picker = Picker::new(run, about, tasks);
    let end = about.until.map_or(usize::MAX, |until| until + 1);
    let shows = |index: &usize| about.events.contains(index);
    let all = (0..run.events.len()).filter(|index| *index < end || shows(index));
    let chosen: Vec<usize> = all.filter(|&index| picker.matters(index)).collect();
    let around = around_switches(run, &chosen);
    let must = |index: &usize| shows(index) || around.contains(index);
    let steps = in_a_row(run, about, &chosen);
    let needed = steps.iter().filter(|step| must(&step.event)).count();
    let mut room = MOST_STEPS.saturating_sub(needed);
    let mut kept: Vec<Step> = Vec::new();
    for step in steps.into_iter().rev() {
        if must(&step.event) || room > 0 {
            room = room.saturating_sub(usize::from(!must(&step.event)));
            kept.push(step);
        } else if let Some(next) = kept.last_mut() {
            next.left_out += 1;
        }
    }
    kept.reverse();
    kept
}

/// The steps just before and just after each switch that the run needs, to show between which two
/// steps it comes.
fn around_switches(run: &Run, chosen: &[usize]) -> BTreeSet<usize> {
    let switches = run.choices.iter().filter(|it| it.preempts && it.deviates);
    let around = |events: usize| {
        let place = chosen.partition_point(|&index| index < events);
        let before = place.checked_sub(1).map(|place| chosen[place]);
        [before, chosen.get(place).copied()]
    };
    switches
        .take(MOST_TASKS)
        .flat_map(|it| around(it.events))
        .flatten()
        .collect()
}

/// Merges equal steps that follow each other with nothing in between.
fn in_a_row(run: &Run, about: &About, chosen: &[usize]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for &index in chosen {
        let event = &run.events[index];
        let same = |step: &Step| {
            let other = &run.events[step.event];
            let apart = about.events.contains(&index) || about.events.contains(&step.event);
            let alike =
                (other.task, other.object, &other.at) == (event.task, event.object, &event.at);
            !apart && alike && other.what == event.what
        };
        match steps.last_mut().filter(|step| same(step)) {
            Some(step) => step.times += 1,
            None => steps.push(Step {
                event: index,
                times: 1,
                left_out: 0,
            }),
        }
    }
    steps
}
