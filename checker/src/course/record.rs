//! What the learner has reached so far, in a plain file of the course's folder.
//!
//! The file is written beside and renamed, so that it is whole after any crash, and changed under a
//! lock, so that two terminals do not undo each other's changes. Entries that a newer version of
//! `course` wrote are kept, although this one does not understand them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::PathBuf;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::course::workspace::Workspace;
use crate::facts::standing::{Best, Standing};
use crate::facts::{FirstFailure, Outcome, Seen, Verdict};
use crate::message::learner as message;
use crate::support::terminal;
use crate::support::write;

/// The version of the file's format.
const VERSION: u32 = 1;

/// All that is remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The version of the format.
    version: u32,
    /// The exercise at which the learner is, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    /// What was reached in each exercise that was checked.
    #[serde(default)]
    pub exercises: BTreeMap<String, Entry>,
    /// What this version does not know.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Default for Record {
    fn default() -> Self {
        Record {
            version: VERSION,
            current: None,
            exercises: BTreeMap::new(),
            unknown: Map::new(),
        }
    }
}

/// What was reached in one exercise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The best check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
    /// The hash of the learner's part that passed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed: Option<String>,
    /// The same, while a reset hides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_before_reset: Option<String>,
    /// The last check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Last>,
    /// What this version does not know.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// The last check of an exercise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Last {
    /// What it saw.
    #[serde(flatten)]
    pub seen: Seen,
    /// The schedule that shows it, where there is one.
    pub failure: Option<FirstFailure>,
    /// How many hints were shown since.
    #[serde(default)]
    pub hints: usize,
    /// The hash of the learner's part that was checked.
    pub text: String,
}

impl Record {
    /// Reads the file; an empty record if there is none. A file that cannot be understood is moved
    /// aside and never lost.
    ///
    /// # Errors
    ///
    /// When there is a file that cannot be read.
    pub fn read(workspace: &Workspace) -> anyhow::Result<Record> {
        let path = file(workspace);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Record::default()),
            Err(error) => {
                let shown = workspace.relative(&path);
                return Err(error).with_context(|| format!("failed to read {shown}"));
            }
        };
        serde_json::from_slice(&text).or_else(|error| {
            let aside = write::rename_to_free(&path, write::names(&path, "broken"))?;
            terminal::tell(&message::broken_record(
                &workspace.relative(&path),
                &error.to_string(),
                &workspace.relative(&aside),
            ));
            Ok(Record::default())
        })
    }

    /// Changes the file; nobody else can in the meantime.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written.
    pub fn change<T>(
        workspace: &Workspace,
        change: impl FnOnce(&mut Record) -> T,
    ) -> anyhow::Result<T> {
        let folder = workspace.own_folder();
        fs::create_dir_all(&folder)
            .with_context(|| format!("failed to make {}", workspace.relative(&folder)))?;
        let lock = File::create(folder.join("progress.lock"))
            .and_then(|file| file.lock().map(|()| file))
            .with_context(|| format!("failed to lock {}", workspace.relative(&folder)))?;
        let before = Record::read(workspace)?;
        let mut record = before.clone();
        let result = change(&mut record);
        if record != before {
            record.write(workspace)?;
        }
        drop(lock);
        Ok(result)
    }

    fn write(&self, workspace: &Workspace) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(self).context("failed to write the progress")?;
        write::whole(&file(workspace), text + "\n")
    }

    /// Records the result of a check of the learner's own file; `text` is the hash of what was
    /// checked.
    pub fn note(&mut self, outcome: &Outcome, text: String) {
        let entry = self.exercises.entry(outcome.exercise.clone()).or_default();
        let passed = outcome.verdict == Verdict::Passed;
        let now = Best {
            verdict: outcome.verdict,
            points: outcome.points,
        };
        let better = |best: Best| now.points > best.points || (passed && now.points == best.points);
        if entry.best.is_none_or(better) {
            entry.best = Some(now);
        }
        if passed {
            entry.passed = Some(text.clone());
        }
        entry.last = Some(Last {
            seen: Seen::of(outcome),
            failure: outcome.first_failure.clone(),
            // The report shows the first one.
            hints: usize::from(outcome.hint.is_some()),
            text,
        });
    }

    /// Notes that the hints up to this level were shown.
    pub fn show_hint(&mut self, exercise: &str, level: usize) {
        let entry = self.exercises.get_mut(exercise);
        if let Some(last) = entry.and_then(|entry| entry.last.as_mut()) {
            last.hints = last.hints.max(level);
        }
    }

    /// Forgets that an exercise passed, because it was reset.
    pub fn hide_pass(&mut self, exercise: &str) {
        if let Some(entry) = self.exercises.get_mut(exercise) {
            entry.passed_before_reset = entry.passed.take().or(entry.passed_before_reset.take());
            entry.last = None;
        }
    }

    /// Remembers it again, because the reset was taken back.
    pub fn show_pass(&mut self, exercise: &str) {
        if let Some(entry) = self.exercises.get_mut(exercise) {
            entry.passed = entry.passed_before_reset.take().or(entry.passed.take());
        }
    }

    /// How far the learner is with an exercise whose part now has this hash; `stub`: the hash of the part as
    /// it was handed out.
    pub fn standing(&self, exercise: &str, now: Option<&str>, stub: Option<&str>) -> Standing {
        let entry = self.exercises.get(exercise);
        let passed = entry.and_then(|entry| entry.passed.as_deref());
        let last = entry.and_then(|entry| entry.last.as_ref());
        let untouched = stub.is_some() && now == stub;
        match (passed, last.map(|last| last.seen.verdict)) {
            (Some(passed), _) if now == Some(passed) => Standing::Passed,
            (Some(_), Some(verdict)) if last.is_some_and(|last| now == Some(&last.text)) => {
                Standing::FailsNow(verdict)
            }
            (Some(_), _) => Standing::ChangedSince,
            (None, Some(Verdict::Pending) | None) if untouched => Standing::NotStarted,
            (None, Some(verdict)) => Standing::Tried(verdict),
            // It was changed, and never checked since.
            (None, None) if stub.is_some() && now.is_some() => Standing::Tried(Verdict::Pending),
            (None, None) => Standing::NotStarted,
        }
    }

    /// Whether an exercise has passed, whatever became of it since.
    pub fn is_done(&self, exercise: &str) -> bool {
        let entry = self.exercises.get(exercise);
        entry.is_some_and(|entry| entry.passed.is_some())
    }

    /// The index of the exercise at which the learner is: the chosen one, otherwise the first that
    /// is not done, otherwise the first. `None` only if there are no exercises.
    pub fn current(&self, ids: &[&str]) -> Option<usize> {
        let chosen = self.current.as_deref();
        let chosen = chosen.and_then(|current| ids.iter().position(|id| *id == current));
        let first = || ids.iter().position(|id| !self.is_done(id));
        chosen.or_else(first).or((!ids.is_empty()).then_some(0))
    }

    /// The next exercise after this one that is not done, continuing from the beginning.
    pub fn next_open(&self, ids: &[&str], after: usize) -> Option<usize> {
        let open = |index: &usize| !self.is_done(ids[*index]);
        let later = (after + 1..ids.len()).find(open);
        later.or_else(|| (0..after.min(ids.len())).find(open))
    }
}

fn file(workspace: &Workspace) -> PathBuf {
    workspace.own_folder().join("progress.json")
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
