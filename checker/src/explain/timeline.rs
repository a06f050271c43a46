//! The timeline of a run: the state of each task after each step, and which step led to which.

use std::collections::BTreeMap;

use sched_model::run::{Act, Choice, Event, Freedom, ObjectId, ObjectKind, Run, TaskId, What};

use super::waiting;
use crate::facts::State;
use crate::facts::timeline::{Link, LinkKind, Step, Timeline};

/// How a run went.
pub fn timeline(run: &Run) -> Timeline {
    let links = Links::default().find(run);
    let mut states = States::new(run);
    let mut held: Vec<Vec<ObjectId>> = vec![Vec::new(); run.tasks.len()];
    let mut woken: BTreeMap<usize, Vec<TaskId>> = BTreeMap::new();
    for link in links.iter().filter(|link| link.woke) {
        let task = run.events[link.to].task;
        woken.entry(link.from).or_default().push(task);
    }
    let mut steps = Vec::with_capacity(run.events.len());
    for (index, event) in run.events.iter().enumerate() {
        let woken = woken.get(&index).map_or(&[][..], Vec::as_slice);
        steps.push(Step {
            states: states.after(event, woken),
            held: holds(&mut held, event),
            left: None,
        });
    }
    for (place, choice) in run.choices.iter().enumerate() {
        let next = run.events.get(choice.events);
        if choice.preempts && next.is_some_and(|event| event.task == choice.task) {
            let before = place.checked_sub(1).map(|before| run.choices[before].task);
            steps[choice.events].left = choice.current.or(before);
        }
    }
    Timeline { steps, links }
}

/// Notes that a lock was taken or given back; returns who holds other ones now. Some locks may be
/// given back by another task than the one that took it.
fn holds(held: &mut [Vec<ObjectId>], event: &Event) -> Option<(TaskId, Vec<ObjectId>)> {
    let object = event.object?;
    let task = match event.what {
        What::Acquired => {
            held[event.task].push(object);
            event.task
        }
        What::Released => {
            let has = |task: &TaskId| held[*task].contains(&object);
            let holder = [event.task].into_iter().chain(0..held.len()).find(has)?;
            let at = held[holder].iter().rposition(|it| *it == object)?;
            held[holder].remove(at);
            holder
        }
        _ => return None,
    };
    Some((task, held[task].clone()))
}

/// Builds the states, step by step.
struct States<'a> {
    run: &'a Run,
    now: Vec<Option<State>>,
    /// Until when those who sleep do, in nanoseconds.
    asleep: BTreeMap<TaskId, u128>,
}

impl<'a> States<'a> {
    fn new(run: &'a Run) -> Self {
        let mut now = vec![None; run.tasks.len()];
        if let Some(main) = now.first_mut() {
            *main = Some(State::Running);
        }
        let asleep = BTreeMap::new();
        Self { run, now, asleep }
    }

    /// Who comes to another state by an event, which wakes up these.
    fn after(&mut self, event: &Event, woken: &[TaskId]) -> Vec<(TaskId, State)> {
        let before = self.now.clone();
        let (task, time) = (event.task, event.time.as_nanos());
        self.asleep.remove(&task);
        let over = self.asleep.iter().filter(|(_, until)| **until <= time);
        let over: Vec<TaskId> = over.map(|(task, _)| *task).collect();
        for sleeper in &over {
            self.asleep.remove(sleeper);
        }
        for state in &mut self.now {
            if *state == Some(State::Running) {
                *state = Some(State::Ready);
            }
        }
        for &ready in woken.iter().chain(&over) {
            self.now[ready] = Some(State::Ready);
        }
        self.now[task] = Some(match event.what {
            What::Exit(_) => State::Exited,
            What::Blocked | What::JoinWait(_) | What::Sleep(_) => State::Blocked,
            What::Yield => State::Ready,
            _ => State::Running,
        });
        match event.what {
            What::Start(child) => self.now[child] = Some(State::Ready),
            What::Sleep(long) => {
                self.asleep.insert(task, time + long.as_nanos());
            }
            What::Exit(_) => self.with_its_process(task),
            _ => {}
        }
        let others = self.now.iter().zip(&before).enumerate();
        let others = others.filter(|(_, (now, before))| now != before);
        let others = others.filter_map(|(task, (now, _))| Some((task, (*now)?)));
        others.collect()
    }

    /// At the end of a process all its threads are gone.
    fn with_its_process(&mut self, task: TaskId) {
        let gone = |other: &TaskId| self.run.tasks[*other].process == task;
        let gone: Vec<TaskId> = (0..self.now.len()).filter(gone).collect();
        for other in gone {
            self.asleep.remove(&other);
            if self.now[other].is_some() {
                self.now[other] = Some(State::Exited);
            }
        }
    }
}

/// What happened so far, to find the links.
#[derive(Default)]
struct Links {
    /// The last event of each task.
    last: BTreeMap<TaskId, usize>,
    /// What let a waiting task go on, found at the first decision that shows it could.
    ready: BTreeMap<TaskId, Source>,
    starts: BTreeMap<TaskId, usize>,
    exits: BTreeMap<TaskId, usize>,
    /// The last event that gave those who wait for an object a reason to go on.
    gave: BTreeMap<ObjectId, usize>,
    /// The last release of an object that nobody has taken since.
    free: BTreeMap<ObjectId, usize>,
    messages: BTreeMap<(ObjectId, u64), usize>,
}

/// Whether the freedom of this number is that a wait ends for no reason.
fn woken(number: u64) -> bool {
    let freedom = Freedom::from_code(number);
    matches!(freedom, Some(Freedom::WakesUp | Freedom::WakesEarly))
}

/// The event that led to another, and how.
type Source = (usize, LinkKind);

impl Links {
    fn find(mut self, run: &Run) -> Vec<Link> {
        let mut links = Vec::new();
        let mut choices = run.choices.iter().peekable();
        for (to, event) in run.events.iter().enumerate() {
            while let Some(choice) = choices.next_if(|choice| choice.events <= to) {
                self.note_choice(run, choice);
            }
            let source = self.source(run, event);
            let of_another = source.filter(|(from, _)| run.events[*from].task != event.task);
            links.extend(of_another.map(|(from, kind)| Link {
                from,
                to,
                kind,
                woke: self.wait(run, event.task).is_some_and(|wait| from > wait),
            }));
            self.note(run, to, event);
        }
        links
    }

    /// Who waited and may be chosen now was woken up by what came last.
    fn note_choice(&mut self, run: &Run, choice: &Choice) {
        for task in choice.candidates.iter().map(|task| task as usize) {
            if let (false, Some(source)) = (self.ready.contains_key(&task), self.wakes(run, task)) {
                self.ready.insert(task, source);
            }
        }
    }

    /// What led to an event, if another one did.
    fn source(&self, run: &Run, event: &Event) -> Option<Source> {
        let task = event.task;
        if matches!(event.what, What::Act(Act::Freely, number) if woken(number)) {
            return None;
        }
        let begins = !self.last.contains_key(&task);
        if let Some(&start) = self.starts.get(&task).filter(|_| begins) {
            return Some((start, LinkKind::Start));
        }
        // A message says more than that somebody woke up.
        let used = self.used(event);
        let message = used.filter(|(_, kind)| *kind == LinkKind::Message);
        let woken = || self.ready.get(&task).copied().or(self.wakes(run, task));
        message.or_else(woken).or(used)
    }

    /// The event by which a task began the wait that it is in.
    fn wait(&self, run: &Run, task: TaskId) -> Option<usize> {
        let last = *self.last.get(&task)?;
        matches!(run.events[last].what, What::JoinWait(_) | What::Blocked).then_some(last)
    }

    /// What would have woken up a task that waits, if it goes on now.
    fn wakes(&self, run: &Run, task: TaskId) -> Option<Source> {
        let wait = self.wait(run, task)?;
        let (from, kind) = match run.events[wait].what {
            What::JoinWait(child) => (*self.exits.get(&child)?, LinkKind::Join),
            _ => {
                let from = *self.gave.get(&run.events[wait].object?)?;
                let kind = match run.events[from].what {
                    What::Released => LinkKind::HandOver,
                    _ => LinkKind::Wake,
                };
                (from, kind)
            }
        };
        (from > wait).then_some((from, kind))
    }

    /// What an event uses that an earlier one left, although nobody waited for it.
    fn used(&self, event: &Event) -> Option<Source> {
        match event.what {
            What::Joined(child) => Some((*self.exits.get(&child)?, LinkKind::Join)),
            What::Acquired | What::Act(Act::Took, _) => {
                Some((*self.free.get(&event.object?)?, LinkKind::HandOver))
            }
            What::Act(Act::Got, number) => {
                let sent = self.messages.get(&(event.object?, number));
                Some((*sent?, LinkKind::Message))
            }
            _ => None,
        }
    }

    fn note(&mut self, run: &Run, index: usize, event: &Event) {
        self.last.insert(event.task, index);
        self.ready.remove(&event.task);
        match event.what {
            What::Start(child) => _ = self.starts.insert(child, index),
            What::Exit(_) => _ = self.exits.insert(event.task, index),
            _ => {}
        }
        let Some(object) = event.object else { return };
        if waiting::gives(run, event) {
            self.gave.insert(object, index);
        }
        match event.what {
            What::Act(Act::Put, number) => _ = self.messages.insert((object, number), index),
            // Of a value's own lock only the waits are of interest: it is taken for every access.
            _ if run.objects[object].kind == ObjectKind::Value => {}
            What::Released | What::Act(Act::Gave, _) => _ = self.free.insert(object, index),
            What::Acquired | What::Act(Act::Took, _) => _ = self.free.remove(&object),
            _ => {}
        }
    }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
