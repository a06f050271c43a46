//! A position of a game as text: what happened, what the tasks are doing, and who could do what.

use std::time::Duration;

use sched_model::run::{Event, Run, TaskId};

use crate::commands::step::game::Candidate;
use crate::facts::State;
use crate::facts::timeline::Moment;
use crate::message::plain;
use crate::message::step as message;
use crate::message::trace;

/// How many of the steps since the last choice are shown.
const MOST_STEPS: usize = 15;

/// The words for one run.
pub struct View<'a> {
    /// The run.
    pub run: &'a Run,
    /// The program's file, as events name it.
    pub file: &'a str,
    /// Its text.
    pub source: &'a str,
}

impl View<'_> {
    /// What happened in these steps.
    pub fn happened(&self, from: usize, to: usize) -> String {
        let first = from.max(to.saturating_sub(MOST_STEPS));
        let mut text = String::new();
        if first > from {
            text.push_str(&message::earlier(first - from));
        }
        let events = self.run.events.iter().enumerate();
        for (index, event) in events.take(to).skip(first) {
            let name = self.name(event.task);
            let line = trace::line(self.run, self.file, event);
            let deed = trace::deed(self.run, self.file, event);
            let time = match event.time {
                Duration::ZERO => String::new(),
                time => format!("  [{}]", trace::time(time)),
            };
            let name = plain::pad(&name, self.width());
            let row = format!("{:5}  {name}  {line:>4}  {deed}{time}", index + 1);
            text.push_str(&plain::cut(&row, plain::WIDTH));
            text.push('\n');
        }
        text
    }

    /// What each task is doing, with a number before those who can be chosen.
    pub fn tasks(&self, moments: &[Moment], candidates: &[Candidate]) -> String {
        let mut text = String::new();
        for (task, moment) in moments.iter().enumerate() {
            let Some(state) = moment.state else { continue };
            let candidate = candidates.iter().find(|it| it.task == task);
            let mark = match candidate {
                Some(candidate) if candidate.natural => ">",
                _ => " ",
            };
            let number = candidate.map_or_else(String::new, |it| it.task.to_string());
            let name = plain::pad(&self.name(task), self.width());
            let what = match candidate {
                Some(candidate) => self.next(candidate, state),
                None => self.waits(moment, state),
            };
            let what = [what, self.holds(moment)];
            let what: Vec<String> = what.into_iter().filter(|it| !it.is_empty()).collect();
            let row = format!("{mark}{number:>3}  {name}  ");
            // The state and the space after it.
            let rest = plain::WIDTH.saturating_sub(plain::columns(&row) + 9);
            let what = plain::cut(&what.join("; "), rest);
            let state_name = message::state(state);
            text.push_str(format!("{row}{state_name} {what}").trim_end());
            text.push('\n');
            let event = match candidate {
                Some(candidate) => candidate.event.as_ref().map(|(event, _)| event),
                None if state == State::Blocked => moment.last.map(|last| &self.run.events[last]),
                None => None,
            };
            text.push_str(&self.source_line(event));
        }
        text
    }

    /// The width of the names of tasks.
    fn width(&self) -> usize {
        let names = (0..self.run.tasks.len()).map(|task| plain::columns(&self.name(task)));
        names.max().unwrap_or(0)
    }

    /// A task's name, no longer than there is room for.
    pub fn name(&self, task: TaskId) -> String {
        let task = self.run.tasks.get(task);
        let name = task.map_or_else(String::new, |task| plain::line(&task.name));
        plain::cut(&name, 20)
    }

    fn next(&self, candidate: &Candidate, state: State) -> String {
        let next = match &candidate.event {
            Some((_, deed)) => message::next(deed),
            None => message::goes_on().to_owned(),
        };
        match state {
            State::Blocked => message::after_its_time(&next),
            _ => next,
        }
    }

    fn waits(&self, moment: &Moment, state: State) -> String {
        let last = moment.last.filter(|_| state == State::Blocked);
        last.map_or_else(String::new, |last| {
            trace::deed(self.run, self.file, &self.run.events[last])
        })
    }

    fn holds(&self, moment: &Moment) -> String {
        let held = moment.held.iter();
        let objects = held.filter_map(|it| self.run.objects.get(*it));
        let names: Vec<String> = objects.map(|it| plain::line(&it.name)).collect();
        match names.is_empty() {
            true => String::new(),
            false => message::holds(&names.join(", ")),
        }
    }

    /// The line of source of an event.
    fn source_line(&self, event: Option<&Event>) -> String {
        let at = event.and_then(|event| event.at.as_ref());
        let Some(at) = at.filter(|at| *at.file == *self.file) else {
            return String::new();
        };
        let index = (at.line as usize).saturating_sub(1);
        let line = self.source.lines().nth(index).unwrap_or_default();
        let before = 6 + self.width();
        let row = format!(
            "{:before$}{:>5} | {}",
            "",
            at.line,
            plain::block(line.trim())
        );
        plain::cut(&row, plain::WIDTH) + "\n"
    }
}
