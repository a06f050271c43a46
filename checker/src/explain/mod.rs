//! Explains a failure: makes sure that it is reproducible, finds a small run that shows it, and its
//! cause.

pub mod cause;
mod decides;
mod experiment;
mod interventions;
pub mod pick;
mod query;
pub mod shrink;
mod standstill;
pub mod table;
pub mod timeline;
mod waiting;

use sched_model::Intervention;
use sched_model::run::{Deviation, Run, deviations};

use crate::explore::replay::Replayer;
use crate::explore::{Plan, cores};
use crate::facts::table::Table;
use crate::facts::why::{Late, Why};
use crate::facts::{Counterexample, Explanation, Failing, Found, Rerun, Verdict};
use cause::Evidence;
use experiment::Lab;

/// What is wrong with a run, most severe first.
pub type Judge<'a> = &'a (dyn Fn(&Run) -> Vec<Found> + Sync);

/// What became of a failure when it was run again.
pub enum Again {
    /// It came again.
    Reproduced(Box<Counterexample>),
    /// It is of no single run, but of all together.
    OfNoRun,
    /// It did not come again.
    NotReproduced,
}

/// What is to be explained.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// The row of arguments.
    pub row: usize,
    /// The schedule.
    pub schedule: u32,
    /// What is wrong; `None`: the most severe of all that is.
    pub verdict: Option<Verdict>,
    /// The first line of the given part, if the program has one.
    pub given: Option<u32>,
}

impl Failure {
    /// Whatever is wrong in a schedule of a row.
    pub fn any(row: usize, schedule: u32) -> Failure {
        Failure {
            row,
            schedule,
            verdict: None,
            given: None,
        }
    }
}

/// Runs a failing schedule again, and then its recorded choices. If both give the same run, what it
/// showed is the program's doing and no accident of this machine. Then looks for the smallest run
/// that fails in the same way, and for the cause.
///
/// # Errors
///
/// As [`Replayer::schedule`].
pub fn again(plan: &Plan, failure: Failure, judge: Judge) -> anyhow::Result<Again> {
    cores::on_first(|| run_again(plan, failure, judge))
}

fn run_again(plan: &Plan, failure: Failure, judge: Judge) -> anyhow::Result<Again> {
    let mut replayer = Replayer::new(plan, failure.row)?;
    let run = replayer.schedule(failure.schedule)?;
    if !same(&run, &replayer.recorded(&run)?) {
        return Ok(Again::NotReproduced);
    }
    let verdict = failure.verdict;
    let mut found = judge(&run).into_iter();
    let wanted = found.find(|it| verdict.is_none_or(|verdict| it.finding.verdict == verdict));
    let Some(found) = wanted else {
        return Ok(Again::OfNoRun);
    };
    let first = Failing { run, found };
    let switches_before = first.switches();
    let mut failing = smallest(&mut replayer, first, judge)?;
    let mut explanation = explained(&mut replayer, &failing, failure, judge)?;
    let decided = decides::decided(&mut replayer, &failing, judge)?;
    let decides = decided.as_ref().map(|it| it.steps);
    if let Some(explanation) = &mut explanation {
        if let Some(steps) = decides {
            cause::order::decided(&failing.run, explanation, steps);
        }
        failing.found.about.extend(&explanation.about);
    }
    for event in decides.into_iter().flatten() {
        failing.found.about.event(&failing.run, event);
    }
    let table = table::table(&failing.run, &failing.found.about);
    Ok(Again::Reproduced(Box::new(Counterexample {
        table: table.map(|table| Table { decides, ..table }),
        passing: decided.and_then(|it| it.passing(&failing.found.about)),
        switches: failing.switches(),
        failing,
        explanation,
        switches_before,
    })))
}

/// What the first schedules of the first row come to where steps that may belong together in the natural
/// one are kept so, one pair of them after the other; or where main waits at its end for who is not done.
///
/// # Errors
///
/// As [`Replayer::schedule`].
pub fn kept_together(plan: &Plan, judge: Judge) -> anyhow::Result<Vec<Vec<Run>>> {
    cores::on_first(|| {
        let mut replayer = Replayer::new(plan, 0)?;
        let natural = replayer.schedule(0)?;
        let Some(found) = judge(&natural).into_iter().next() else {
            return Ok(Vec::new());
        };
        let evidence = Evidence {
            run: &natural,
            natural: &natural,
            passing: None,
            found: &found,
            given: None,
        };
        let proposed = cause::proposals(&evidence);
        let cut_off =
            |why: &Why| matches!(why, Why::Unjoined { late, .. } if *late == Late::CutOff);
        let tries = proposed.flat_map(|it| {
            let all = interventions::trial(&evidence, &it.why).tries.into_iter();
            let ends = cut_off(&it.why);
            all.filter(move |it| ends || matches!(it, Intervention::Together(..)))
        });
        let mut runs = |how: Intervention| {
            let all =
                (0..LOOKED_AT).map(|number| replayer.changed(number, std::slice::from_ref(&how)));
            all.collect()
        };
        tries.map(&mut runs).collect()
    })
}

/// The cause of a failure.
fn explained(
    replayer: &mut Replayer,
    failing: &Failing,
    failure: Failure,
    judge: Judge,
) -> anyhow::Result<Option<Explanation>> {
    let natural = replayer.schedule(0)?;
    let mut evidence = Evidence {
        run: &failing.run,
        natural: &natural,
        passing: None,
        found: &failing.found,
        given: failure.given,
    };
    let passing = match evidence.needs_passing() {
        true => passing(replayer, judge)?,
        false => None,
    };
    evidence.passing = passing.as_ref();
    Lab::new(replayer, judge, failure.schedule).explain(&evidence)
}

/// Schedules in which one that passes is looked for.
const LOOKED_AT: u32 = 30;

/// A run with the same arguments in which nothing is wrong, if one can be found quickly.
fn passing(replayer: &mut Replayer, judge: Judge) -> anyhow::Result<Option<Run>> {
    let mut work = 0;
    for number in 1..=LOOKED_AT {
        let run = replayer.schedule(number)?;
        work += run.work();
        if work > shrink::WORK {
            break;
        }
        if judge(&run).is_empty() {
            return Ok(Some(run));
        }
    }
    Ok(None)
}

/// The smallest run that fails as this one does.
fn smallest(replayer: &mut Replayer, first: Failing, judge: Judge) -> anyhow::Result<Failing> {
    if first.found.finding.verdict.traits().rerun != Rerun::ToShrink {
        return Ok(first);
    }
    let wanted = first.found.clone();
    let mut fails = |of: &Run, deviations: &[Deviation]| {
        let run = replayer.deviating(of, deviations)?;
        let found = judge(&run).into_iter().find(|it| is_same(it, &wanted));
        Ok(found.map(|found| Failing { run, found }))
    };
    let first = without_liberties(first, &mut fails)?;
    let of = first.run.clone();
    let small = shrink::shrink(first, &mut |deviations| fails(&of, deviations))?;
    without_liberties(small, &mut fails)
}

/// Runs like this one, with these deviations, if that fails in the same way.
type Fails<'a> = &'a mut dyn FnMut(&Run, &[Deviation]) -> anyhow::Result<Option<Failing>>;

/// Leaves out the liberties that a failure does not need, the last ones first; the first thing that may
/// happen is tried in place of another one.
fn without_liberties(mut failing: Failing, fails: Fails) -> anyhow::Result<Failing> {
    for at in (0..failing.run.liberties.len()).rev() {
        let (mut fewer, mut first) = (failing.run.clone(), failing.run.clone());
        let Some(liberty) = first.liberties.get_mut(at) else {
            continue;
        };
        let is_other = std::mem::replace(&mut liberty.way, 1) != 1;
        fewer.liberties.remove(at);
        let all = deviations(&fewer.choices);
        let without = fails(&fewer, &all)?;
        let simpler = match without {
            None if is_other => fails(&first, &all)?,
            without => without,
        };
        failing = simpler.unwrap_or(failing);
    }
    Ok(failing)
}

/// Whether two findings are of the same mistake, as far as one can tell.
fn is_same(found: &Found, wanted: &Found) -> bool {
    let same_panic =
        wanted.finding.verdict != Verdict::Panic || found.finding.at == wanted.finding.at;
    let same_cause = wanted.cause.is_none() || found.cause == wanted.cause;
    found.finding.verdict == wanted.finding.verdict && same_cause && same_panic
}

/// Whether two runs are the same in all that a judge looks at.
fn same(a: &Run, b: &Run) -> bool {
    a.end == b.end && a.tasks == b.tasks && a.output == b.output && a.events == b.events
}
