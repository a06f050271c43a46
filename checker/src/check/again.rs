//! A failing schedule once more: to be sure of it, to make it small, and to show it.

use sched_model::Strategy;
use sched_model::run::Run;

use super::CheckOptions;
use super::judging::Judging;
use super::play::{self, Replayed};
use super::schedules::plan;
use crate::course::Exercise;
use crate::course::require::Requirements;
use crate::course::workspace::Workspace;
use crate::explain::{self, Again, Failure};
use crate::explore::{self, Plan};
use crate::facts::{Finding, Found, Outcome, Rerun, Verdict};
use crate::judge::summary::Summary;
use crate::message;
use crate::support::interrupt;

/// Runs the failure to be reported again, and reports the smallest run that shows it. Nobody is
/// blamed for what cannot be shown twice.
pub fn confirm(
    plan: &Plan,
    outcome: &mut Outcome,
    judging: &Judging,
    given: Option<u32>,
) -> anyhow::Result<()> {
    let Some(first) = outcome.first_failure.as_ref() else {
        return Ok(());
    };
    if outcome.verdict.traits().rerun == Rerun::Never || interrupt::requested() {
        return Ok(());
    }
    let rows = &judging.exercise.rows;
    let row = rows.iter().position(|row| *row == first.args);
    let row = row.unwrap_or(0);
    let failure = Failure {
        row,
        schedule: first.schedule,
        verdict: Some(outcome.verdict),
        given,
    };
    let again = explain::again(plan, failure, &|run: &Run| judging.found(row, run))?;
    tell(outcome, again, failure.schedule);
    Ok(())
}

/// Notes what became of the failure of a schedule when that was run again.
fn tell(outcome: &mut Outcome, again: Again, schedule: u32) {
    match again {
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
                message::not_reproduced(schedule),
                None,
            ));
        }
    }
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
    let judging = Judging::new(workspace, exercise, options, &program)?;
    // Only schedule 0 tells whether the order is to blame.
    let natural = judging.found(index, &explore::replay(&plan, index, 0)?);
    let judge = |run: &Run| play::in_light_of(&natural, judging.found(index, run));
    let mut run = explore::replay(&plan, index, schedule)?;
    let mut found = judge(&run);
    let strategy = run.strategy;
    let mut switches = None;
    if found.is_empty() {
        // Only requirements ask for something that all schedules together have to show.
        if exercise.require != Requirements::default() {
            let summary = judging.run_all(&plan, &|_, _| {})?;
            found.extend(requirement_shown_in(summary, row, schedule));
        }
    } else if !full
        && found[0].finding.verdict.traits().rerun != Rerun::Never
        && let Again::Reproduced(smallest) =
            explain::again(&plan, failure(index, schedule), &judge)?
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

/// Whatever is wrong in a schedule.
fn failure(row: usize, schedule: u32) -> Failure {
    Failure {
        row,
        schedule,
        verdict: None,
        given: None,
    }
}

/// A broken requirement that only all schedules together show, if the report names this schedule
/// for it.
fn requirement_shown_in(summary: Summary, row: &[String], schedule: u32) -> Option<Found> {
    let (first, found) = summary.first?;
    let here = first.args == row && first.schedule == schedule;
    (here && found.finding.verdict == Verdict::Requirement).then_some(found)
}
