//! What is said in an editor and to tools that show findings at lines of source, one function a message.

use sched_model::run::{Event, Run};

use crate::facts::{Outcome, Verdict};
use crate::message::plain;
use crate::message::{finding, headline, trace};

/// What is wrong, in one line.
pub fn title(outcome: &Outcome) -> String {
    let headline = headline(outcome.verdict);
    match &outcome.finding {
        Some(found) => plain::line(&format!("{headline}: {}", finding::sentence(found))),
        None => headline.to_owned(),
    }
}

/// Who did what at a line.
pub fn did(run: &Run, file: &str, event: &Event) -> String {
    let task = trace::task(run, event.task);
    format!("{task} {}", trace::deed(run, file, event))
}

/// A line of the given part at which it shows.
pub fn shows_it() -> &'static str {
    "here it shows"
}

/// The mistake behind it.
pub fn because(why: &str) -> String {
    format!("why: {why}")
}

/// How to go through the schedule that shows it.
pub fn step_by_step(replay: &str) -> String {
    format!("see it step by step: {replay}")
}

/// A check begins. Editors recognise the line.
pub fn begun(file: &str) -> String {
    format!("checking {file}")
}

/// A check has ended. Editors recognise the line.
pub fn ended(outcome: &Outcome, file: &str) -> String {
    format!("checked {file}: {}", super::came_to(outcome))
}

/// A task's part of what happened.
pub fn part_of(task: &str) -> String {
    format!("what {task} did; `executionOrder` tells what came before what")
}

/// A verdict, for tools that list what can be found.
pub fn meaning(verdict: Verdict) -> String {
    super::meaning(verdict, false, None)
}

/// Where rules are explained.
pub fn help(verdict: Verdict) -> String {
    format!(
        "{} `course check` shows the schedule that broke the program; `course replay` goes through it.",
        meaning(verdict)
    )
}
