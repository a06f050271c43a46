//! One exercise from the learner's file to the verdict.

pub mod play;
mod small_space;
mod subject;
mod undisturbed;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use sched_model::Strategy;
use sched_model::run::Run;

use crate::course::require::Requirements;
use crate::course::snapshot::{self, Transcript};
use crate::course::workspace::Workspace;
use crate::course::{Exercise, View};
use crate::explain::{self, Again, Failure, Judge};
use crate::explore::systematic::{Bounds, Prints};
use crate::explore::{self, Judged, Plan};
use crate::facts::Found;
use crate::facts::fact::Detail;
use crate::facts::{Finding, Outcome, Rerun, Verdict};
use crate::judge::summary::{Summary, shows, summarize};
use crate::judge::{self, Digest};
use crate::message;
use crate::program::compile::{self, Compiled};
use crate::program::own;
use crate::program::provide;
use crate::program::source::{self, Prepared};

pub use self::subject::{Kind, Subject};

/// Enough to find the known wrong answers, few enough to be done within a second.
pub const DEFAULT_SCHEDULES: u32 = 200;

/// Most bugs need no more (Musuvathi and Qadeer, PLDI 2007).
pub const DEFAULT_PREEMPTIONS: u32 = 2;

/// Told how many schedules are done, and of how many.
pub type Progress<'a> = &'a (dyn Fn(u32, u32) + Sync);

/// How to check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckOptions {
    /// Schedules, over all rows of arguments.
    pub schedules: u32,
    /// What, with a schedule's number, determines it.
    pub seed: u64,
    /// Cores to use.
    pub jobs: usize,
    /// Preemptions of a schedule at most, where all such schedules are to be run.
    pub exhaustive: Option<u32>,
    /// What.
    pub subject: Subject,
}

/// A program ready to run, or what kept it from being one.
pub enum Built {
    /// The executable.
    Program(PathBuf),
    /// What is wrong, with what the compiler said.
    Failed(Finding, Vec<String>),
}

/// Compiles a text.
pub fn build(
    workspace: &Workspace,
    exercise: &Exercise,
    subject: &Subject,
) -> anyhow::Result<Built> {
    let prepared = if subject.is_program() {
        own::prepare(workspace, &subject.text)?
    } else {
        source::prepare(workspace, exercise, &subject.text)?
    };
    let source = match prepared {
        Prepared::Program(source) => source,
        Prepared::Refused(finding) => return Ok(Built::Failed(*finding, Vec::new())),
    };
    let libraries = provide::find(workspace)?;
    Ok(match compile::compile(workspace, &libraries, &source)? {
        Compiled::Program(program) => Built::Program(program),
        Compiled::Failed { finding, details } => Built::Failed(finding, details),
    })
}

/// Checks one exercise.
pub fn check(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    progress: Progress,
) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let file = options.subject.text.file.clone();
    let mut outcome = Outcome::blank(&exercise.id, &exercise.title, file, exercise.points);
    outcome.nothing_expected = options.subject.kind == Kind::Program(None);
    let built = build(workspace, exercise, &options.subject)?;
    outcome.timings.compile = started.elapsed();
    match built {
        Built::Failed(finding, details) => {
            outcome.verdict = finding.verdict;
            outcome.finding = Some(finding);
            outcome.details = details.into_iter().map(Detail::Told).collect();
        }
        Built::Program(program) => {
            let allowed = transcripts(workspace, exercise, options, &program)?;
            let mut plan = plan(exercise, options, &program);
            let started = Instant::now();
            let summary = run_all(&plan, exercise, &allowed, progress)?;
            fill(&mut outcome, summary, plan.systematic);
            if let Some((bounds, summary)) =
                small_space::all_if_few(&plan, exercise, &allowed, &outcome, progress)?
            {
                small_space::take_over(&mut outcome, &mut plan, bounds, summary);
            }
            outcome.timings.explore = started.elapsed();
            let started = Instant::now();
            let row = row_of_failure(exercise, &outcome);
            let judge = |run: &Run| judge::digest(exercise, allowed_in(&allowed, row), run).found;
            let given = options.subject.given();
            confirm(&plan, (row, given), &mut outcome, &judge)?;
            outcome.timings.judge = started.elapsed();
            outcome.timings.started = plan.started();
            if outcome.nothing_expected && outcome.verdict == Verdict::Passed {
                let lines = allowed_in(&allowed, 0).and_then(<[Transcript]>::first);
                let of_clock = lines.and_then(|lines| judge::clock::first(lines));
                let of_clock = of_clock.map(str::to_owned);
                outcome.details.push(Detail::SameEverywhere(of_clock));
            }
        }
    }
    let hints = exercise.hints_for(outcome.verdict, outcome.cause);
    outcome.hint = hints.and_then(|levels| levels.first().cloned());
    outcome.hints = hints.map_or(0, <[String]>::len);
    Ok(outcome)
}

fn fill(outcome: &mut Outcome, summary: Summary, bounds: Option<Bounds>) {
    outcome.exhaustive = bounds.map(|bounds| small_space::how_far(bounds, &summary, false));
    outcome.verdict = summary.verdict;
    outcome.also = summary.also;
    outcome.points = summary.points;
    outcome.schedules = summary.schedules;
    outcome.failed_schedules = summary.failed_schedules;
    if let Some((first, found)) = summary.first {
        outcome.first_failure = Some(first);
        outcome.cause = found.cause;
        outcome.finding = Some(found.finding);
        outcome.details = found.details;
    }
}

/// Runs the failure to be reported again, and tells of the smallest run that shows it. Nobody is
/// blamed for what cannot be shown twice.
fn confirm(
    plan: &Plan,
    (row, given): (usize, Option<u32>),
    outcome: &mut Outcome,
    judge: Judge,
) -> anyhow::Result<()> {
    let Some(first) = outcome.first_failure.as_ref() else {
        return Ok(());
    };
    if outcome.verdict.traits().rerun == Rerun::Never || crate::support::interrupt::requested() {
        return Ok(());
    }
    let failure = Failure {
        row,
        schedule: first.schedule,
        verdict: Some(outcome.verdict),
        given,
    };
    match explain::again(plan, failure, judge)? {
        Again::OfNoRun => {}
        Again::Reproduced(counterexample) => {
            let found = counterexample.failing.found.clone();
            let proven = counterexample.explanation.as_ref().map(|it| it.why.cause());
            outcome.cause = proven.or(found.cause);
            outcome.finding = Some(found.finding);
            outcome.details = found.details;
            outcome.counterexample = Some(counterexample);
        }
        Again::NotReproduced => {
            outcome.also.insert(0, outcome.verdict);
            outcome.verdict = Verdict::Inconclusive;
            outcome.finding = Some(Finding::told(
                Verdict::Inconclusive,
                message::not_reproduced(failure.schedule),
                None,
            ));
        }
    }
    Ok(())
}

/// The row of arguments of the failure to be reported.
fn row_of_failure(exercise: &Exercise, outcome: &Outcome) -> usize {
    let first = outcome.first_failure.as_ref();
    let row = first.and_then(|first| exercise.rows.iter().position(|row| *row == first.args));
    row.unwrap_or(0)
}

/// Runs and judges all schedules.
fn run_all(
    plan: &Plan,
    exercise: &Exercise,
    allowed: &Allowed,
    progress: Progress,
) -> anyhow::Result<Summary> {
    // Judged on the workers, while the other cores run the next schedules.
    let judge = |row: usize, run: Run| judged(exercise, allowed, row, &run);
    let explored = explore::explore(plan, &judge, progress)?;
    let mut summary = summarize(exercise, explored.rows);
    summary.complete = explored.complete;
    Ok(summary)
}

/// What to explore.
pub fn plan<'a>(exercise: &'a Exercise, options: &CheckOptions, program: &'a Path) -> Plan<'a> {
    Plan {
        program,
        rows: &exercise.rows,
        schedules: options.schedules,
        seed: options.seed,
        jobs: options.jobs,
        max_delay: exercise.max_delay,
        systematic: options
            .exhaustive
            .map(|preemptions| bounds(exercise, preemptions)),
        started: Arc::default(),
    }
}

/// What a systematic exploration of an exercise is to cover.
fn bounds(exercise: &Exercise, preemptions: u32) -> Bounds {
    Bounds {
        preemptions,
        prints: if order_counts(exercise) {
            Prints::Ordered
        } else {
            Prints::Free
        },
        all_or_few: false,
    }
}

/// Whether it makes a difference in which order different tasks print.
fn order_counts(exercise: &Exercise) -> bool {
    let free = matches!(
        exercise.view,
        View::ByTask | View::Sorted | View::AsUndisturbed
    );
    !free || exercise.require.orders.is_some()
}

/// The allowed transcripts of each row; `None` where nothing is known about the output.
type Allowed = Option<Vec<Vec<Transcript>>>;

fn transcripts(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    program: &Path,
) -> anyhow::Result<Allowed> {
    if let Kind::Program(expected) = &options.subject.kind {
        return Ok(match expected {
            Some(file) => Some(vec![vec![own::expected(workspace, file)?]]),
            None => {
                let printed = undisturbed::transcript(exercise, options, program)?;
                printed.map(|lines| vec![vec![lines]])
            }
        });
    }
    let load = |row: &Vec<String>| {
        let path = workspace.snapshot_file(exercise, row);
        snapshot::load(&path, &workspace.relative(&path))
    };
    let rows: anyhow::Result<_> = exercise.rows.iter().map(load).collect();
    rows.map(Some)
}

fn allowed_in(allowed: &Allowed, row: usize) -> Option<&[Transcript]> {
    let rows = allowed.as_ref()?;
    Some(rows.get(row).map_or(&[], Vec::as_slice))
}

/// For each of the seeds, after how many schedules a check of a compiled answer would first have
/// shown this verdict; `None` where it does not within the options' schedules.
pub fn first_seen(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    program: &Path,
    seeds: Range<u64>,
    verdict: Verdict,
) -> anyhow::Result<Vec<Option<u32>>> {
    let allowed = transcripts(workspace, exercise, options, program)?;
    let judge = |row: usize, run: Run| judged(exercise, &allowed, row, &run);
    let plan = plan(exercise, options, program);
    explore::first::until(&plan, seeds, &judge, &|row, runs| {
        shows(exercise, row, runs, verdict)
    })
}

fn judged(exercise: &Exercise, allowed: &Allowed, row: usize, run: &Run) -> Judged<Digest> {
    let digest = judge::digest(exercise, allowed_in(allowed, row), run);
    Judged {
        stop: digest.stop,
        value: digest,
    }
}

/// A schedule that was run again.
pub struct Replayed {
    /// The run: the smallest one that fails as the schedule does, or the schedule itself.
    pub run: Run,
    /// What is wrong in it, most severe first.
    pub found: Vec<Found>,
    /// How the schedule itself was made.
    pub strategy: Strategy,
    /// Context switches of the run, and of the schedule, where it is the smallest one.
    pub switches: Option<(usize, usize)>,
}

/// Runs one schedule again, with what the check finds in it; as the smallest run that fails in the
/// same way, unless the `full` one is asked for.
pub fn replay(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    (row, schedule): (&[String], u32),
    full: bool,
) -> anyhow::Result<Replayed> {
    let (index, program) = play::program(workspace, exercise, options, row)?;
    let plan = plan(exercise, options, &program);
    let allowed = transcripts(workspace, exercise, options, &program)?;
    let digest = |run: &Run| judge::digest(exercise, allowed_in(&allowed, index), run).found;
    // Only schedule 0 tells whether the order is to blame.
    let natural = digest(&explore::replay(&plan, index, 0)?);
    let judge = |run: &Run| in_light_of(&natural, digest(run));
    let mut run = explore::replay(&plan, index, schedule)?;
    let mut found = judge(&run);
    let strategy = run.strategy;
    let failure = Failure {
        row: index,
        schedule,
        verdict: None,
        given: None,
    };
    let mut switches = None;
    if found.is_empty() {
        // What only all schedules together tell is asked by requirements alone.
        if exercise.require != Requirements::default() {
            let summary = run_all(&plan, exercise, &allowed, &|_, _| {})?;
            found.extend(requirement_shown_in(summary, row, schedule));
        }
    } else if !full
        && found[0].finding.verdict.traits().rerun != Rerun::Never
        && let Again::Reproduced(smallest) = explain::again(&plan, failure, &judge)?
    {
        let smaller = smallest.failing.run.strategy == Strategy::Deviations;
        switches = smaller.then_some((smallest.switches, smallest.switches_before));
        run = smallest.failing.run;
        found = judge(&run);
    }
    Ok(Replayed {
        run,
        found,
        strategy,
        switches,
    })
}

/// What is wrong in a run, most severe first, where this is wrong in the natural one of its row.
fn in_light_of(natural: &[Found], mut found: Vec<Found>) -> Vec<Found> {
    let is = |found: &Found, verdict| found.finding.verdict == verdict;
    if natural.iter().any(|it| is(it, Verdict::WrongOutput)) {
        let in_order = found.iter_mut().filter(|it| is(it, Verdict::WrongOrder));
        in_order.for_each(|it| it.finding.verdict = Verdict::WrongOutput);
    }
    found.sort_by_key(|found| found.finding.verdict);
    found
}

/// A broken requirement that only all schedules together tell, where this one is named for it.
fn requirement_shown_in(summary: Summary, row: &[String], schedule: u32) -> Option<Found> {
    let (first, found) = summary.first?;
    let here = first.args == row && first.schedule == schedule;
    (here && found.finding.verdict == Verdict::Requirement).then_some(found)
}
