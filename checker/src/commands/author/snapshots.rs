//! Writes the expected transcripts: what the solution prints under many schedules.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};
use sched_model::run::Run;

use crate::check::{self, Built, CheckOptions, Subject};
use crate::course::Exercise;
use crate::course::snapshot::{self, Transcript};
use crate::course::workspace::Workspace;
use crate::explore::cores::lock;
use crate::explore::{self, Judged, Plan};
use crate::facts::Verdict;
use crate::judge::summary::summarize;
use crate::judge::view;
use crate::judge::{self, Source};
use crate::message::author as message;
use crate::support::write;

/// More transcripts than this mean that the view does not fit the exercise.
const MOST_TRANSCRIPTS: usize = 24;

/// The transcripts of one row, and a block that was interrupted, if any was.
#[derive(Default)]
struct Row {
    transcripts: BTreeSet<Transcript>,
    interrupted_in: Option<u32>,
}

/// Runs the solution and writes what it printed. Refuses if anything is wrong with it.
pub fn bless(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
) -> anyhow::Result<()> {
    let program = solution(workspace, exercise, &options.subject)?;
    let rows = rows(exercise, &check::plan(exercise, options, &program))?;
    for (args, row) in exercise.rows.iter().zip(rows) {
        write(workspace, exercise, args, row)?;
    }
    remove_stale(workspace, exercise)
}

/// What a solution prints, row by row of arguments.
fn rows(exercise: &Exercise, plan: &Plan) -> anyhow::Result<Vec<Row>> {
    let rows: Vec<Mutex<Row>> = exercise.rows.iter().map(|_| Mutex::default()).collect();
    let judge = |row: usize, run: Run| {
        let source = Source {
            uses: &|_| true,
            given: 0,
        };
        let digest = judge::digest(exercise, None, source, &run);
        // A thread that panicked did so outside of the few lines that hold the lock.
        let mut seen = lock(&rows[row]);
        seen.add(exercise, &run);
        Judged {
            stop: digest.stop,
            fails: !digest.found.is_empty(),
            value: digest,
        }
    };
    let explored = explore::explore(plan, &judge, &|_, _| {})?;
    let summary = summarize(exercise, explored.rows, explored.exhausted);
    if let Some((first, found)) = summary.first
        && summary.verdict != Verdict::Passed
    {
        bail!(message::solution_fails(
            &exercise.id,
            &found.finding,
            &first
        ));
    }
    let seen = |row: Mutex<Row>| row.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(rows.into_iter().map(seen).collect())
}

/// The compiled solution.
fn solution(
    workspace: &Workspace,
    exercise: &Exercise,
    solution: &Subject,
) -> anyhow::Result<PathBuf> {
    match check::build(workspace, exercise, solution)? {
        Built::Program(program) => Ok(program),
        Built::Failed(finding, details) => {
            bail!(message::no_solution(&exercise.id, &finding, &details))
        }
    }
}

impl Row {
    fn add(&mut self, exercise: &Exercise, run: &Run) {
        match view::canonical(&exercise.view, run) {
            Ok(lines) => {
                let lines = lines.into_iter().map(|line| line.text).collect();
                // One more than is accepted is enough to know.
                if self.transcripts.len() <= MOST_TRANSCRIPTS {
                    self.transcripts.insert(lines);
                }
            }
            Err(_) => {
                let earlier = self.interrupted_in.unwrap_or(u32::MAX);
                self.interrupted_in = Some(earlier.min(run.schedule));
            }
        }
    }
}

fn write(
    workspace: &Workspace,
    exercise: &Exercise,
    args: &[String],
    row: Row,
) -> anyhow::Result<()> {
    let id = &exercise.id;
    if let Some(schedule) = row.interrupted_in {
        bail!(message::block_interrupted(id, args, schedule));
    }
    if row.transcripts.len() > MOST_TRANSCRIPTS {
        bail!(message::many_transcripts(id, args, MOST_TRANSCRIPTS));
    }
    let transcripts: Vec<Transcript> = row.transcripts.into_iter().collect();
    let source = workspace.relative(&workspace.solution_file(exercise));
    let expression = snapshot::expression(id, args);
    let text = snapshot::format(&source, &expression, &transcripts);
    let path = workspace.snapshot_file(exercise, args);
    if fs::read_to_string(&path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    fs::create_dir_all(workspace.snapshots())
        .and_then(|()| write::replace(&path, text.as_bytes(), false))
        .with_context(|| format!("failed to write {}", workspace.relative(&path)))
}

/// Removes the transcripts of rows that are gone.
fn remove_stale(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<()> {
    let needed: BTreeSet<String> = exercise
        .rows
        .iter()
        .map(|row| exercise.snapshot_name(row))
        .collect();
    let entries = fs::read_dir(workspace.snapshots()).into_iter().flatten();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if exercise.owns_snapshot(&name) && !needed.contains(&name) {
            let path = entry.path();
            fs::remove_file(&path)
                .with_context(|| format!("failed to remove {}", workspace.relative(&path)))?;
        }
    }
    Ok(())
}
