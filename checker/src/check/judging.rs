//! How the runs of an exercise are judged.

use std::path::Path;

use sched_model::run::Run;

use super::calls::Calls;
use super::undisturbed::{self, Printed};
use super::{CheckOptions, Expected, Kind, Progress};
use crate::course::Exercise;
use crate::course::snapshot::{self, Transcript};
use crate::course::workspace::Workspace;
use crate::explore::{self, Judged, Plan};
use crate::facts::{Found, Verdict};
use crate::judge::summary::{Summary, summarize};
use crate::judge::{self, Digest, Source};
use crate::program::own;

/// An exercise with the transcripts that its runs may have.
#[derive(Clone)]
pub struct Judging<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// The transcripts of each row; `None` where nothing is known about the output.
    allowed: Option<Vec<Vec<Transcript>>>,
    calls: Calls<'a>,
    /// The line from which the program is as it was given.
    given: u32,
    /// Whether a program may leave open in which order it prints.
    open: bool,
    /// Whether a program printed something else when it was started again, and in which line.
    pub unsteady: Option<Option<String>>,
}

impl<'a> Judging<'a> {
    /// Reads what the exercise is expected to print, or runs a program of which nobody said it.
    ///
    /// # Errors
    ///
    /// When a transcript is missing, or the program cannot be run.
    pub fn new(
        workspace: &'a Workspace,
        exercise: &'a Exercise,
        options: &'a CheckOptions,
        program: &Path,
    ) -> anyhow::Result<Self> {
        let load = |row: &Vec<String>| {
            let path = workspace.snapshot_file(exercise, row);
            snapshot::load(&path, &workspace.relative(&path))
        };
        let calls = Calls::of(workspace, exercise, &options.subject);
        let mut unsteady = None;
        let allowed = match &options.subject.kind {
            Kind::Program(Expected::File(file), _) => {
                Some(vec![vec![own::expected(workspace, file)?]])
            }
            Kind::Program(Expected::Same | Expected::Open, _) => {
                match undisturbed::transcript(exercise, options, &calls, program)? {
                    Printed::Steadily(lines) => Some(vec![vec![lines]]),
                    Printed::Unsteadily(line) => {
                        unsteady = Some(line);
                        None
                    }
                    Printed::Failing => None,
                }
            }
            _ => Some(exercise.rows.iter().map(load).collect::<Result<_, _>>()?),
        };
        Ok(Judging {
            exercise,
            allowed,
            calls,
            given: options.subject.given().unwrap_or(0),
            open: matches!(options.subject.kind, Kind::Program(Expected::Open, _)),
            unsteady,
        })
    }

    /// The transcripts that a row may have; `None`: any.
    pub fn allowed(&self, row: usize) -> Option<&[Transcript]> {
        let rows = self.allowed.as_ref()?;
        Some(rows.get(row).map_or(&[], Vec::as_slice))
    }

    /// The same, where these are allowed in the first row.
    pub fn allowing(&self, transcripts: Vec<Transcript>) -> Judging<'a> {
        Judging {
            allowed: Some(vec![transcripts]),
            ..self.clone()
        }
    }

    fn digest(&self, allowed: Option<&[Transcript]>, run: &Run) -> Digest {
        let source = Source {
            uses: &|at| self.calls.are_used(at),
            given: self.given,
        };
        let mut digest = judge::digest(self.exercise, allowed, source, run);
        // Who of several comes first is open, as it is where nobody is interrupted.
        if self.open && run.freely().any(|(.., freedom)| freedom.is_of_order()) {
            let order = |it: &Found| it.finding.verdict == Verdict::WrongOrder;
            digest.found.retain(|it| !order(it));
        }
        digest
    }

    /// What is wrong in a run.
    pub fn found(&self, row: usize, run: &Run) -> Vec<Found> {
        self.digest(self.allowed(row), run).found
    }

    /// The lines that a run printed, as they are compared; `None` if it does not end well.
    pub fn printed(&self, row: usize, run: &Run) -> Judged<Option<Transcript>> {
        let digest = self.digest(None, run);
        let lines = || judge::output::lines(&self.exercise.view, self.allowed(row)?, run);
        Judged {
            stop: digest.stop,
            fails: !digest.found.is_empty(),
            value: digest.found.is_empty().then(lines).flatten(),
        }
    }

    /// What is kept of a run.
    pub fn judged(&self, row: usize, run: &Run) -> Judged<Digest> {
        let digest = self.digest(self.allowed(row), run);
        Judged {
            stop: digest.stop,
            fails: !digest.found.is_empty(),
            value: digest,
        }
    }

    /// Runs and judges all schedules.
    ///
    /// # Errors
    ///
    /// As [`explore::explore`].
    pub fn run_all(&self, plan: &Plan, progress: Progress) -> anyhow::Result<Summary> {
        // Judged on the workers, while the other cores run the next schedules.
        let judge = |row: usize, run: Run| self.judged(row, &run);
        let explored = explore::explore(plan, &judge, progress)?;
        let mut summary = summarize(self.exercise, explored.rows, explored.exhausted);
        summary.complete = explored.complete;
        summary.long = explored.long;
        Ok(summary)
    }
}
