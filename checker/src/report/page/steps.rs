//! The steps of a run as the page shows them: a row each, with what becomes of every task's lane.

use std::collections::BTreeSet;

use sched_model::run::{End, Event, Run, TaskId};
use serde::Serialize;

use crate::facts::Found;
use crate::facts::State;
use crate::facts::timeline::{Link, LinkKind, Timeline};
use crate::message::page as message;
use crate::message::plain;
use crate::message::trace;

/// Cells of lanes that a browser draws without delay.
const MOST_CELLS: usize = 40_000;
/// Steps that are shown, if there are not too many lanes.
const MOST_STEPS: usize = 2_000;
/// How many of these are taken from the beginning.
const FIRST_STEPS: usize = 100;

/// What is shown of the steps.
pub struct Shown {
    /// A row for each step.
    pub rows: Vec<Row>,
    /// The same for the script.
    pub data: Data,
}

/// A row of the table.
#[derive(Serialize)]
pub struct Row {
    /// The step's number, from 1.
    pub number: usize,
    /// Who.
    pub name: String,
    /// Did what.
    pub deed: String,
    /// At which line.
    pub line: String,
    /// The time, where it has changed.
    pub time: Option<String>,
    /// That another task was left for this step.
    pub switch: Option<String>,
    /// The step without which this one was not possible.
    pub because: Option<String>,
    /// Whether it shows what is wrong.
    pub marked: bool,
    /// Whether its order and that of another step decide.
    pub decides: bool,
    /// What is wrong, at the step where it goes wrong.
    pub fails: Option<String>,
    /// That steps are left out before it.
    pub left_out: Option<String>,
    /// The lane of each task.
    pub lanes: Vec<Lane>,
}

/// A task's lane in a row.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// The state above the step.
    pub before: &'static str,
    /// The state below it.
    pub after: &'static str,
    /// Whether the step is this task's.
    pub acts: bool,
    /// The new state, where it is another one.
    pub word: Option<String>,
}

/// What the script needs.
#[derive(Serialize)]
pub struct Data {
    /// Steps of the whole run.
    pub all: usize,
    /// The number of the step at which it goes wrong.
    pub failing: Option<usize>,
    /// What is said about that step.
    pub here: &'static str,
    /// The steps that are shown.
    pub steps: Vec<Step>,
    /// What led to what, by numbers of steps.
    pub links: Vec<Arrow>,
}

/// A step.
#[derive(Serialize)]
pub struct Step {
    /// Its number, from 1.
    pub number: usize,
    /// Whose it is.
    pub task: TaskId,
    /// The line of the program's own file.
    pub line: Option<u32>,
    /// When, where time plays a part in the run.
    pub time: Option<String>,
    /// Who comes to which state, since the last step that is shown.
    pub states: Vec<(TaskId, String)>,
    /// Who holds which locks from here on.
    pub held: Vec<(TaskId, String)>,
}

/// A step that led to another.
#[derive(Serialize)]
pub struct Arrow {
    /// The earlier one's number.
    pub from: usize,
    /// The later one's.
    pub to: usize,
    /// How it led to it.
    pub kind: &'static str,
    /// Whether the task of the later one waited for it.
    pub woke: bool,
}

/// The event at which it goes wrong, where one can be named.
pub fn failing(run: &Run, found: &[Found]) -> Option<usize> {
    let Found { about, finding, .. } = found.first()?;
    let told = about.until.or(about.events.iter().max().copied());
    let at_line = |event: &Event| {
        let (at, place) = (event.at.as_ref(), finding.at.as_ref());
        at.zip(place)
            .is_some_and(|(at, place)| *at.file == *place.file && at.line == place.line)
    };
    let at_line = || run.events.iter().rposition(at_line);
    let last = || (run.end != End::Finished).then(|| run.events.len().checked_sub(1));
    let event = told.or_else(at_line).or_else(|| last().flatten());
    event.filter(|event| *event < run.events.len())
}

/// The steps of a run.
pub fn shown(
    run: &Run,
    timeline: &Timeline,
    file: &str,
    (found, decides): (&[Found], Option<[usize; 2]>),
) -> Shown {
    let failing = failing(run, found);
    let mut marked: BTreeSet<usize> = found.first().map_or_else(BTreeSet::new, |found| {
        found.about.events.iter().copied().collect()
    });
    marked.extend(failing);
    let matter = marked.iter().copied().chain(decides.into_iter().flatten());
    let shown = chosen(run, &matter.collect());
    let writer = Writer {
        run,
        file,
        timeline,
        marked,
        decides,
        fails: failing.zip(found.first()),
    };
    let numbers = shown.iter().map(|index| index + 1).collect();
    let (rows, steps) = writer.all(&shown);
    let data = Data {
        all: run.events.len(),
        failing: failing.map(|event| event + 1),
        here: message::here(),
        steps,
        links: arrows(&timeline.links, &numbers),
    };
    Shown { rows, data }
}

/// The events that there is room for: the first ones, the last ones, and those that matter.
fn chosen(run: &Run, marked: &BTreeSet<usize>) -> Vec<usize> {
    let most = (MOST_CELLS / run.tasks.len().max(1)).min(MOST_STEPS);
    let all = run.events.len();
    let last = all.saturating_sub(most.saturating_sub(FIRST_STEPS));
    let fits = |index: &usize| all <= most || *index < FIRST_STEPS || *index >= last;
    let shown = (0..all).filter(|index| fits(index) || marked.contains(index));
    shown.collect()
}

fn arrows(links: &[Link], numbers: &BTreeSet<usize>) -> Vec<Arrow> {
    let arrow = |link: &Link| Arrow {
        from: link.from + 1,
        to: link.to + 1,
        kind: match link.kind {
            LinkKind::Start => "start",
            LinkKind::Join => "join",
            LinkKind::HandOver => "hand_over",
            LinkKind::Message => "message",
            LinkKind::Wake => "wake",
        },
        woke: link.woke,
    };
    let arrows = links.iter().map(arrow);
    arrows
        .filter(|it| numbers.contains(&it.from) && numbers.contains(&it.to))
        .collect()
}

/// The words for one run.
struct Writer<'a> {
    run: &'a Run,
    file: &'a str,
    timeline: &'a Timeline,
    marked: BTreeSet<usize>,
    decides: Option<[usize; 2]>,
    /// Where it goes wrong, and what does.
    fails: Option<(usize, &'a Found)>,
}

impl Writer<'_> {
    /// The rows of these events, and the same for the script.
    fn all(&self, shown: &[usize]) -> (Vec<Row>, Vec<Step>) {
        let mut states = vec![None; self.run.tasks.len()];
        if let Some(main) = states.first_mut() {
            *main = Some(State::Running);
        }
        let (mut rows, mut steps) = (Vec::new(), Vec::new());
        let mut next = 0;
        for &index in shown {
            let mut step = self.step(index);
            let before = states.clone();
            for passed in &self.timeline.steps[next..=index] {
                for &(task, state) in &passed.states {
                    states[task] = Some(state);
                }
                let held = passed.held.iter();
                let named = held.map(|(task, held)| (*task, self.names(held)));
                step.held.extend(named);
            }
            let others = states.iter().zip(&before).enumerate();
            let others = others.filter(|(_, (now, before))| now != before);
            step.states = others
                .filter_map(|(task, (now, _))| Some((task, word((*now)?))))
                .collect();
            let mut row = self.row(index, &before, &states);
            row.left_out = (index > next).then(|| message::left_out(index - next));
            rows.push(row);
            steps.push(step);
            next = index + 1;
        }
        (rows, steps)
    }

    fn step(&self, index: usize) -> Step {
        let event = &self.run.events[index];
        let own = event.at.as_ref().filter(|at| *at.file == *self.file);
        Step {
            number: index + 1,
            task: event.task,
            line: own.map(|at| at.line),
            time: (!self.run.makespan.is_zero()).then(|| trace::time(event.time)),
            states: Vec::new(),
            held: Vec::new(),
        }
    }

    fn row(&self, index: usize, before: &[Option<State>], after: &[Option<State>]) -> Row {
        let event = &self.run.events[index];
        let line = trace::line(self.run, self.file, event);
        let earlier = index.checked_sub(1).map(|before| &self.run.events[before]);
        let time = trace::time(event.time);
        let changed = earlier.is_some_and(|earlier| trace::time(earlier.time) != time);
        let left = self.timeline.steps[index].left;
        let links = &self.timeline.links;
        let link = links.binary_search_by_key(&index, |link| link.to).ok();
        Row {
            number: index + 1,
            name: self.name(event.task),
            deed: trace::deed(self.run, self.file, event),
            line: if line.is_empty() {
                line
            } else {
                message::at(&line)
            },
            time: changed.then_some(time),
            switch: left.map(|left| message::switch(&self.name(left))),
            because: link.map(|link| message::because(links[link].from + 1)),
            marked: self.marked.contains(&index),
            decides: self.decides.is_some_and(|both| both.contains(&index)),
            fails: self
                .fails
                .filter(|(event, _)| *event == index)
                .map(|(_, found)| message::fails_here(&found.finding)),
            left_out: None,
            lanes: lanes(event.task, before, after),
        }
    }

    fn name(&self, task: TaskId) -> String {
        let task = self.run.tasks.get(task);
        task.map_or_else(String::new, |task| plain::line(&task.name))
    }

    fn names(&self, objects: &[usize]) -> String {
        let objects = objects.iter().filter_map(|it| self.run.objects.get(*it));
        let names: Vec<String> = objects.map(|it| plain::line(&it.name)).collect();
        names.join(", ")
    }
}

/// What becomes of each lane in a step of this task.
fn lanes(acting: TaskId, before: &[Option<State>], after: &[Option<State>]) -> Vec<Lane> {
    let lane = |(task, (before, after)): (usize, (&Option<State>, &Option<State>))| {
        let acts = task == acting;
        Lane {
            // A task runs while it does something, and was ready before that.
            before: class(match before {
                Some(State::Blocked) if acts => Some(State::Ready),
                _ if acts => Some(State::Running),
                before => *before,
            }),
            after: class(*after),
            acts,
            word: after.filter(|_| before != after).map(word),
        }
    };
    before.iter().zip(after).enumerate().map(lane).collect()
}

/// A state as the page's style names it.
fn class(state: Option<State>) -> &'static str {
    state.map_or("none", State::name)
}

/// A state as people read it.
fn word(state: State) -> String {
    format!("{state:?}")
}
