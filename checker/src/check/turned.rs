//! Which of the things that a program prints is the right one, where nobody said it: the one that is
//! left when a mistake has no effect.
//!
//! Schedule 0 stands in for what is expected, and it may be what is wrong: who does not join a thread
//! mostly prints before that thread has begun. And a program may print different things where nobody
//! is interrupted, and lose an update all the same, at a step at which a task waits. So each thing
//! that is printed is taken for the right one in turn. If a mistake explains the others, and without
//! it all schedules print just that, it is the right one.

use std::cmp::Reverse;

use sched_model::run::Run;

use super::judging::Judging;
use super::left_open::Outcomes;
use crate::course::snapshot::Transcript;
use crate::explain::{self, Again, Failure};
use crate::explore::Plan;
use crate::facts::Proof;
use crate::facts::why::Why;

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
    /// Any, for a program that prints what it should not unless somebody is interrupted.
    Any,
    /// An update that is lost, or steps between which a lock was given back: for a program that
    /// leaves open what it prints, or whose failure was told as one of time.
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
        let never_meant = matches!(
            explanation.why,
            Why::LostUpdate(..) | Why::CheckThenAct(_, Some(_))
        );
        let tried = matches!(explanation.proof, Proof::Experiment(_));
        tried && (never_meant || self == Seek::Any)
    }
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
    for right in most_frequent(all) {
        let judging = judging.allowing(vec![right.clone()]);
        let others = all.iter().filter(|(lines, _)| *lines != right);
        let failed = others.clone().map(|(_, seen)| seen.times).sum();
        let Some(schedule) = others.map(|(_, seen)| seen.schedule).min() else {
            continue;
        };
        let failure = Failure::any(0, schedule);
        let again = explain::again(plan, failure, &|run: &Run| judging.found(0, run))?;
        if seek.accepts(&again) {
            return Ok(Some(Turned {
                judging,
                again,
                schedule,
                failed,
            }));
        }
    }
    Ok(None)
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
