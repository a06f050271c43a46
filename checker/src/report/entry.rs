//! One exercise as the platforms' formats report it: they all say the same.

use anstream::adapter::strip_str;

use crate::facts::{Blame, FirstFailure, Outcome, Place, Verdict};
use crate::message;
use crate::message::plain;
use crate::report::json;

/// What the platforms distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing was found.
    Pass,
    /// The learner's mistake.
    Fail,
    /// Nobody can tell: never the learner's fault.
    Error,
}

/// An exercise that was checked.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `05_lock/1_two_lines`.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// What it came to.
    pub verdict: Verdict,
    /// What that is called.
    pub called: &'static str,
    /// Points reached.
    pub points: u32,
    /// Points there are.
    pub max_points: u32,
    /// What was found, in one line.
    pub message: String,
    /// The line that matters most, or the first line of the file.
    pub at: Place,
    /// The schedule that shows it first.
    pub first_failure: Option<FirstFailure>,
    /// The seed.
    pub seed: u64,
    /// The report for people, without colours.
    pub text: String,
    /// What the learner's program printed in the run that shows it.
    pub printed: String,
    /// The command that checks it again.
    pub again: String,
}

impl Entry {
    /// An entry of an outcome; `file` and `text` as the report for people has them.
    pub fn new(outcome: &Outcome, seed: u64, file: &str, text: &str, again: String) -> Entry {
        let finding = outcome.finding.as_ref();
        let at = finding.and_then(|finding| finding.at.clone());
        Entry {
            exercise: outcome.exercise.clone(),
            title: outcome.title.clone(),
            verdict: outcome.verdict,
            called: message::headline_of(outcome.verdict, finding),
            points: outcome.points,
            max_points: outcome.max_points,
            message: plain::line(&json::message(outcome)),
            at: at.unwrap_or_else(|| Place {
                file: file.to_owned(),
                line: 1,
            }),
            first_failure: outcome.first_failure.clone(),
            seed,
            text: strip_str(text).to_string(),
            printed: printed(outcome),
            again,
        }
    }

    /// What it is to the platforms.
    pub fn status(&self) -> Status {
        match self.verdict.traits().blame {
            Blame::Nobody => Status::Pass,
            Blame::Checker => Status::Error,
            Blame::Unfinished | Blame::Program => Status::Fail,
        }
    }

    /// The verdict, its schedule and its seed in one line.
    pub fn headline(&self) -> String {
        let headline = self.called;
        // Where there is nothing to judge, the sentence says what it is called.
        if self.message.starts_with(headline) {
            return self.message.clone();
        }
        match &self.first_failure {
            None => format!("{headline}: {}", self.message),
            Some(first) => {
                let shown = message::shown_by(first, self.seed);
                format!("{headline}: {} ({})", self.message, plain::line(&shown))
            }
        }
    }
}

/// What all of them come to.
pub fn together(entries: &[Entry]) -> Status {
    let any = |status| entries.iter().any(|entry| entry.status() == status);
    match (any(Status::Fail), any(Status::Error)) {
        (true, _) => Status::Fail,
        (false, true) => Status::Error,
        (false, false) => Status::Pass,
    }
}

/// The text, or as many of its characters as fit before a note that the rest is left out.
pub fn clipped(text: &str, most: usize, note: &str) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(note.chars().count());
    text.chars().take(room).chain(note.chars()).collect()
}

fn printed(outcome: &Outcome) -> String {
    let Some(counterexample) = &outcome.counterexample else {
        return String::new();
    };
    let lines = counterexample.failing.run.output.iter();
    lines.map(|line| plain::line(&line.text) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_ends_with_the_note_and_has_the_length_allowed() {
        assert_eq!(clipped("short", 5, "..."), "short");
        assert_eq!(clipped("longer", 5, "..."), "lo...");
        assert_eq!(clipped(&"ä".repeat(600), 500, "!").chars().count(), 500);
    }
}
