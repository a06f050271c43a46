//! A failing schedule once more: to be sure of it, to make it small, and to show it.

use sched_model::Strategy;
use sched_model::run::Run;

use super::judging::Judging;
use super::left_open::{self, Ends};
use super::play::{self, Replayed};
use super::schedules::plan;
use super::turned::{Seek, Turned, turned};
use super::{CheckOptions, Expected, Kind};
use crate::course::Exercise;
use crate::course::require::Requirements;
use crate::course::workspace::Workspace;
use crate::explain::{self, Again, Failure, Judge};
use crate::explore::{self, Plan};
use crate::facts::fact::{Detail, Fact};
use crate::facts::{Cause, Counterexample, Finding, FirstFailure, Found, Outcome, Rerun, Verdict};
use crate::judge::summary::Summary;
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
            outcome.cause = of(&counterexample);
            outcome.finding = Some(found.finding);
            outcome.details = found.details;
            outcome.counterexample = Some(counterexample);
        }
        Again::NotReproduced => {
            outcome.also.insert(0, outcome.verdict);
            outcome.verdict = Verdict::Inconclusive;
            outcome.finding = Some(Finding {
                fact: Fact::NotReproduced(schedule),
                ..Finding::told(Verdict::Inconclusive, String::new(), None)
            });
        }
    }
}

/// Tells a failure by the output that is left without its mistake.
fn tell_turned(outcome: &mut Outcome, turned: Turned, plan: &Plan) {
    outcome.first_failure = Some(FirstFailure {
        args: plan.rows[0].clone(),
        schedule: turned.schedule,
    });
    outcome.failed_schedules = turned.failed;
    tell(outcome, turned.again, turned.schedule);
}

/// A failure that is none: what differs between schedules was left open. A mistake that was found is
/// one all the same, in this schedule or in one that prints what it prints only if somebody is
/// interrupted.
///
/// # Errors
///
/// As [`explore::explore`].
pub fn forgive(outcome: &mut Outcome, plan: &Plan, judging: &Judging) -> anyhow::Result<()> {
    let only_order = outcome.verdict == Verdict::WrongOrder && outcome.also.is_empty();
    if !only_order || !left_open::is_no_mistake(outcome.cause) {
        return Ok(());
    }
    let wider = left_open::widened(plan, judging)?;
    let printing = left_open::all(plan, judging)?;
    let any = printing.outcomes(Ends::Any);
    let Some(wider) = wider else {
        if let Some(turned) = turned(plan, judging, &any, seek(outcome.cause))? {
            tell_turned(outcome, turned, plan);
        }
        return Ok(());
    };
    let all = printing.outcomes(Ends::All);
    let (interrupted, count) = left_open::interrupted(&all, &wider);
    for schedule in interrupted {
        let again = shown(plan, &wider, 0, schedule)?;
        if !left_open::is_no_mistake(cause(&again)) {
            outcome.first_failure = Some(FirstFailure {
                args: plan.rows[0].clone(),
                schedule,
            });
            outcome.failed_schedules = count;
            tell(outcome, again, schedule);
            return Ok(());
        }
    }
    if let Some(turned) = turned(plan, judging, &any, Seek::NeverMeant)? {
        tell_turned(outcome, turned, plan);
        return Ok(());
    }
    let (printed, more) = left_open::printed(&all);
    outcome.verdict = Verdict::Passed;
    outcome.failed_schedules = 0;
    outcome.first_failure = None;
    outcome.finding = None;
    outcome.cause = None;
    outcome.counterexample = None;
    outcome.exhaustive = None;
    outcome.details = vec![Detail::LeftOpen(printed, more)];
    Ok(())
}

/// What explains a failure better than this.
fn seek(cause: Option<Cause>) -> Seek {
    match cause {
        None => Seek::Any,
        Some(_) => Seek::BesidesSleep,
    }
}

/// The mistake behind a failure that was shown again.
fn cause(again: &Again) -> Option<Cause> {
    match again {
        Again::Reproduced(counterexample) => of(counterexample),
        Again::OfNoRun | Again::NotReproduced => None,
    }
}

fn of(counterexample: &Counterexample) -> Option<Cause> {
    counterexample.claim().map(|(cause, _)| cause)
}

/// Runs what is wrong in a schedule again, as the smallest run that shows it.
///
/// # Errors
///
/// As [`explain::again`].
fn shown(plan: &Plan, judging: &Judging, row: usize, schedule: u32) -> anyhow::Result<Again> {
    explain::again(plan, Failure::any(row, schedule), &|run: &Run| {
        judging.found(row, run)
    })
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
    let mut run = explore::replay(&plan, index, schedule)?;
    let again = |judge: Judge| explain::again(&plan, Failure::any(index, schedule), judge);
    let mut by: JudgesRuns = Box::new(|run| play::in_light_of(&natural, judging.found(index, run)));
    let mut found = by(&run);
    if matches!(options.subject.kind, Kind::Program(Expected::Open, _))
        && let Some(other) = other_way(&plan, &judging, &found, &again)?
    {
        by = Box::new(move |run| other.found(index, run));
        found = by(&run);
    }
    let (strategy, mut switches) = (run.strategy, None);
    let (mut decides, mut passing) = (None, None);
    let wanted = |it: &&Found| it.finding.verdict.traits().rerun != Rerun::Never;
    let shown = match found.first().filter(wanted) {
        Some(_) if !full => Some(again(&*by)?),
        _ => None,
    };
    if found.is_empty() {
        // Only requirements ask for something that all schedules together have to show.
        if exercise.require != Requirements::default() {
            let summary = judging.run_all(&plan, &|_, _| {})?;
            found.extend(requirement_shown_in(summary, row, schedule));
        }
    } else if let Some(Again::Reproduced(smallest)) = shown {
        let smaller = smallest.failing.run.strategy == Strategy::Deviations;
        switches = smaller.then_some((smallest.switches, smallest.switches_before));
        decides = smallest.table.and_then(|table| table.decides);
        passing = smallest.passing;
        run = smallest.failing.run;
        found = by(&run);
    }
    Ok(Replayed {
        run,
        found,
        strategy,
        switches,
        decides,
        passing,
    })
}

/// Says what is wrong with a run.
type JudgesRuns<'a> = Box<dyn Fn(&Run) -> Vec<Found> + Sync + 'a>;

/// By what else a check judges a program that nobody said anything of, where what was found in a run is
/// at most what may be left open: by what it may print, or by what it prints without a mistake. A
/// mistake that is found as usual, or among what may be left open, needs neither.
fn other_way<'a>(
    plan: &Plan,
    judging: &Judging<'a>,
    found: &[Found],
    again: &dyn Fn(Judge) -> anyhow::Result<Again>,
) -> anyhow::Result<Option<Judging<'a>>> {
    if !(found.is_empty() || left_open::may_be(found)) {
        return Ok(None);
    }
    let is_mistake = |judging: &Judging| -> anyhow::Result<bool> {
        let shown = again(&|run: &Run| judging.found(0, run))?;
        Ok(!left_open::is_no_mistake(cause(&shown)))
    };
    let wider = left_open::widened(plan, judging)?;
    if !found.is_empty() && is_mistake(wider.as_ref().unwrap_or(judging))? {
        return Ok(wider);
    }
    let seek = if wider.is_some() {
        Seek::NeverMeant
    } else {
        Seek::Any
    };
    let any = left_open::all(plan, judging)?.outcomes(Ends::Any);
    Ok(match (turned(plan, judging, &any, seek)?, wider) {
        (Some(turned), _) => Some(turned.judging),
        (None, Some(_)) => Some(judging.allowing(any.into_keys().collect())),
        (None, None) => None,
    })
}

/// A broken requirement that only all schedules together show, if the report names this schedule
/// for it.
fn requirement_shown_in(summary: Summary, row: &[String], schedule: u32) -> Option<Found> {
    let (first, found) = summary.first?;
    let here = first.args == row && first.schedule == schedule;
    (here && found.finding.verdict == Verdict::Requirement).then_some(found)
}
