//! Which of the things that a program prints is the right one, where nobody said it: the one that is
//! left when a mistake has no effect.
//!
//! Schedule 0 stands in for what is expected, and it may be what is wrong: who does not join a thread
//! mostly prints before that thread has begun, and who sleeps between reading and writing lets all the
//! others read first. And a program may print different things where nobody is interrupted, and lose
//! an update all the same, at a step at which a task waits. So each thing that is printed is taken for
//! the right one in turn, and so is all that is printed where steps of schedule 0 are kept together. If
//! a mistake explains the others, and without it all schedules print just that, it is the right one.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use sched_model::run::{Event, Run, What};

use super::judging::Judging;
use super::left_open::Outcomes;
use crate::course::snapshot::Transcript;
use crate::explain::{self, Again, Failure};
use crate::explore::Plan;
use crate::facts::Proof;
use crate::facts::why::{Stale, Why};

/// How many things that a program prints are taken for the right one.
const TRIED: usize = 4;

/// A mistake that tells which output is right.
pub struct Turned<'a> {
    /// Judges by that output.
    pub judging: Judging<'a>,
    /// The failure, and its cause.
    pub again: Again,
    /// The first schedule that fails.
    pub schedule: u32,
    /// How many do.
    pub failed: u32,
}

/// Which mistakes are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seek {
    /// Any, for a program that prints what it should not unless somebody is interrupted; one that is
    /// never meant before all others.
    Any,
    /// Those that are never meant, and acting on an old look after a sleep: for a program whose
    /// failure was told as one of time, which may be that of the work for which the sleep stands.
    BesidesSleep,
    /// An update that is lost, or steps between which a lock was given back: for a program that
    /// leaves open what it prints.
    NeverMeant,
}

impl Seek {
    fn accepts(self, again: &Again) -> bool {
        let Again::Reproduced(counterexample) = again else {
            return false;
        };
        let Some(explanation) = &counterexample.explanation else {
            return false;
        };
        let wanted = match &explanation.why {
            Why::LostUpdate(..) | Why::CheckThenAct(_, Some(_)) => true,
            Why::CheckThenAct(stale, None) => {
                self == Seek::BesidesSleep && sleeps_between(&counterexample.failing.run, stale)
            }
            _ => false,
        };
        let tried = matches!(explanation.proof, Proof::Experiment(_));
        tried && (wanted || self == Seek::Any)
    }
}

/// Whether a task sleeps between its look and what it does then.
fn sleeps_between(run: &Run, stale: &Stale) -> bool {
    let between = &run.events[stale.look..stale.act];
    let sleeps = |it: &Event| it.task == between[0].task && matches!(it.what, What::Sleep(_));
    between.iter().any(sleeps)
}

/// Looks for a mistake that tells which output is right, of all that is printed.
///
/// # Errors
///
/// As [`crate::explore::explore`].
pub fn turned<'a>(
    plan: &Plan,
    judging: &Judging<'a>,
    all: &Outcomes,
    seek: Seek,
) -> anyhow::Result<Option<Turned<'a>>> {
    let mut second = None;
    for right in candidates(plan, judging, all, seek)? {
        let others = all.iter().filter(|(lines, _)| !right.contains(*lines));
        let failed = others.clone().map(|(_, seen)| seen.times).sum();
        let Some(schedule) = others.map(|(_, seen)| seen.schedule).min() else {
            continue;
        };
        let judging = judging.allowing(right);
        let failure = Failure::any(0, schedule);
        let again = explain::again(plan, failure, &|run: &Run| judging.found(0, run))?;
        let best = seek != Seek::NeverMeant && Seek::BesidesSleep.accepts(&again);
        let accepted = best || seek.accepts(&again);
        let turned = accepted.then_some(Turned {
            judging,
            again,
            schedule,
            failed,
        });
        if best || seek == Seek::NeverMeant && accepted {
            return Ok(turned);
        }
        second = second.or(turned);
    }
    Ok(second)
}

/// What may be right: each of the things that are printed most often, and, unless what is printed is
/// left open, all that is printed where steps that may belong together are kept so.
fn candidates(
    plan: &Plan,
    judging: &Judging,
    all: &Outcomes,
    seek: Seek,
) -> anyhow::Result<Vec<Vec<Transcript>>> {
    let alone = |lines: &Transcript| vec![lines.clone()];
    let mut rights: Vec<_> = most_frequent(all).into_iter().map(alone).collect();
    if seek == Seek::NeverMeant {
        return Ok(rights);
    }
    let wrong = judging.allowing(Vec::new());
    for runs in explain::kept_together(plan, &|run: &Run| wrong.found(0, run))? {
        let lines = runs.iter().filter_map(|run| judging.printed(0, run).value);
        let right = Vec::from_iter(BTreeSet::from_iter(lines));
        if !rights.contains(&right) {
            rights.push(right);
        }
    }
    Ok(rights)
}

/// The things that are printed most often.
fn most_frequent(all: &Outcomes) -> Vec<&Transcript> {
    let mut lines: Vec<_> = all.iter().collect();
    lines.sort_by_key(|(_, seen)| (Reverse(seen.times), seen.schedule));
    lines
        .into_iter()
        .map(|(lines, _)| lines)
        .take(TRIED)
        .collect()
}
