//! One exercise from the learner's file to the verdict.

mod again;
mod calls;
mod judging;
mod left_open;
mod liberties;
pub mod play;
mod schedules;
mod small_space;
mod subject;
mod turned;
mod undisturbed;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Instant;

use self::judging::Judging;
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::explore::{Plan, first};
use crate::facts::fact::{Detail, Fact, Mismatch};
use crate::facts::{Finding, Memory, Outcome, Seen, Verdict};
use crate::judge;
use crate::judge::summary::shows;
use crate::message;
use crate::program::compile::{self, Compiled};
use crate::program::own;
use crate::program::provide;
use crate::program::source::{self, Prepared};

pub use self::again::replay;
pub use self::play::Replayed;
pub use self::schedules::plan;
pub use self::subject::{Expected, Kind, Subject};

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
    let source = match prepare(workspace, exercise, subject)? {
        Prepared::Program(source) => source,
        Prepared::Refused(finding) => return Ok(Built::Failed(*finding, Vec::new())),
    };
    let libraries = provide::find(workspace)?;
    Ok(match compile::compile(workspace, &libraries, &source)? {
        Compiled::Program(program) => Built::Program(program),
        Compiled::Failed { finding, details } => Built::Failed(finding, details),
    })
}

/// What the compiler says of a text, a line of JSON for each diagnostic, warnings included; nothing
/// of a text that is not compiled.
///
/// # Errors
///
/// When it cannot be asked, which is never the learner's fault.
pub fn compiler_says(
    workspace: &Workspace,
    exercise: &Exercise,
    subject: &Subject,
) -> anyhow::Result<Vec<String>> {
    match prepare(workspace, exercise, subject)? {
        Prepared::Program(source) => compile::said(workspace, &provide::find(workspace)?, &source),
        Prepared::Refused(_) => Ok(Vec::new()),
    }
}

fn prepare(
    workspace: &Workspace,
    exercise: &Exercise,
    subject: &Subject,
) -> anyhow::Result<Prepared> {
    match subject.kind {
        Kind::Program(_, edition) => own::prepare(workspace, &subject.text, edition),
        _ => source::prepare(workspace, exercise, &subject.text),
    }
}

/// Checks one exercise.
///
/// # Errors
///
/// When it cannot be checked, which is never the learner's fault.
pub fn check(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    progress: Progress,
) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let file = options.subject.text.file.clone();
    let mut outcome = Outcome::blank(&exercise.id, &exercise.title, file, exercise.points);
    let kind = &options.subject.kind;
    outcome.nothing_expected = matches!(kind, Kind::Program(Expected::Same | Expected::Open, _));
    let built = build(workspace, exercise, &options.subject)?;
    outcome.timings.compile = started.elapsed();
    match built {
        Built::Failed(finding, details) => {
            outcome.verdict = finding.verdict;
            outcome.finding = Some(finding);
            outcome.details = details.into_iter().map(Detail::Told).collect();
        }
        Built::Program(program) => {
            let judging = Judging::new(workspace, exercise, options, &program)?;
            let mut plan = plan(exercise, options, &program);
            // Who checks a program of one's own may wait as long as one likes.
            plan.bounded = !options.subject.is_program();
            run_and_judge(&mut outcome, &judging, options, plan, progress)?;
        }
    }
    let hints = exercise.hints_for(&Seen::of(&outcome));
    // Who has not tried yet is given a hint when asking for it.
    let first = hints.filter(|_| outcome.verdict != Verdict::Pending);
    outcome.hint = first.and_then(|levels| levels.first().cloned());
    outcome.hints = hints.map_or(0, <[String]>::len);
    Ok(outcome)
}

/// Runs the schedules, and what they show once more.
fn run_and_judge(
    outcome: &mut Outcome,
    judging: &Judging,
    options: &CheckOptions,
    mut plan: Plan,
    progress: Progress,
) -> anyhow::Result<()> {
    let started = Instant::now();
    let summary = judging.run_all(&plan, progress)?;
    let long = summary.long;
    small_space::fill(outcome, summary, plan.systematic);
    outcome.memory = compile::memory_of(plan.program);
    if outcome.memory == Some(Memory::NotWatched) {
        // Whatever was run: there are schedules that differ in what nobody saw.
        outcome
            .exhaustive
            .iter_mut()
            .for_each(|it| it.complete = false);
    } else if long.is_none() {
        // Where not even the ordinary ones can all be run, those are not few.
        small_space::add_all_if_few(outcome, &mut plan, judging, progress)?;
    }
    if outcome.memory.is_some() && plan.started().memory_left_out {
        outcome.memory = Some(Memory::Partly);
    }
    outcome.timings.explore = started.elapsed();
    outcome.timings.explored = plan.started();
    let started = Instant::now();
    let failed = outcome.verdict != Verdict::Passed;
    again::confirm(&plan, outcome, judging, options.subject.given())?;
    if let Some(line) = judging.unsteady.as_ref()
        && outcome.verdict == Verdict::Passed
    {
        outcome.verdict = Verdict::Inconclusive;
        let told = message::program::unsteady(line.as_deref());
        outcome.finding = Some(Finding::told(Verdict::Inconclusive, told, None));
    }
    if is_asked_for_elsewhere(outcome, judging) {
        outcome.details.retain(|it| *it != Detail::ForOneself);
    }
    if outcome.nothing_expected && outcome.verdict == Verdict::Passed {
        let lines = judging.allowed(0).and_then(<[_]>::first);
        let of_clock = lines.and_then(|lines| judge::clock::first(lines));
        let of_clock = of_clock.map(str::to_owned);
        outcome.details.push(Detail::SameEverywhere(of_clock));
    }
    if matches!(options.subject.kind, Kind::Program(Expected::Open, _)) {
        again::forgive(outcome, &plan, judging)?;
        let forgiven = failed && outcome.verdict == Verdict::Passed;
        if forgiven && long.is_some() && !plan.to_the_end {
            // It was enough to see one failure, which is none: then the rest is to be seen, too.
            plan.to_the_end = true;
            return run_and_judge(outcome, judging, options, plan, progress);
        }
    }
    if liberties::add(outcome, &plan, judging, progress)? {
        again::confirm(&plan, outcome, judging, options.subject.given())?;
    }
    outcome.timings.explain = started.elapsed();
    outcome.timings.started = plan.started();
    if outcome.verdict == Verdict::Passed {
        let long = long.map(|long| Detail::Long(long, options.schedules));
        outcome.details.extend(long);
        outcome.details.extend(outcome.memory.map(Detail::Memory));
    }
    Ok(())
}

/// Whether the line that was not expected is one that the exercise asks for with other arguments: then
/// nobody prints it for oneself.
fn is_asked_for_elsewhere(outcome: &Outcome, judging: &Judging) -> bool {
    let Some(finding) = &outcome.finding else {
        return false;
    };
    let Fact::Printed(Mismatch::Unexpected(line, _)) = &finding.fact else {
        return false;
    };
    let rows = 0..judging.exercise.rows.len();
    let mut lines = rows
        .filter_map(|row| judging.allowed(row))
        .flatten()
        .flatten();
    lines.any(|it| it.ends_with(&line.text))
}

/// For each of the seeds, how many schedules a check of a compiled answer needs to show this
/// verdict; `None` if the options' number of schedules is not enough. Fewer seeds where each costs too
/// much.
pub fn first_seen(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    program: &Path,
    seeds: Range<u64>,
    verdict: Verdict,
) -> anyhow::Result<Vec<Option<u32>>> {
    let judging = Judging::new(workspace, exercise, options, program)?;
    let judge = |row, run| judging.judged(row, &run);
    let mut plan = plan(exercise, options, program);
    plan.bounded = true;
    let shows = |row: usize, runs: &[_]| shows(exercise, row, runs, verdict);
    first::until(&plan, seeds, &judge, &shows)
}
