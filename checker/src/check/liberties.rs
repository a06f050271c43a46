//! Runs schedules in which std does what it may and mostly does not, of programs that come to where
//! that is open.

use sched_model::FIRST_SCHEDULES;

use super::judging::Judging;
use super::{Progress, small_space};
use crate::explore::Plan;
use crate::explore::cores::lock;
use crate::facts::fact::Detail;
use crate::facts::{Exhaustive, Outcome, Verdict};
use crate::support::interrupt;

/// Of so many ordinary schedules there are [`SOME`] such ones, but not more than of [`MOST`].
const OF: u32 = 20;
const SOME: u32 = 3;
const MOST: u32 = 2000;
/// However few are asked for, there are so many.
const LEAST: u32 = 9;

/// If the ordinary schedules found nothing: runs some that take liberties, and adds their result.
/// Whether it is a failure, which is to be confirmed.
///
/// # Errors
///
/// As [`Judging::run_all`].
pub fn add(
    outcome: &mut Outcome,
    plan: &Plan,
    judging: &Judging,
    progress: Progress,
) -> anyhow::Result<bool> {
    let numbers = {
        let open = lock(&plan.open);
        if outcome.verdict != Verdict::Passed || open.is_empty() || interrupt::requested() {
            return Ok(false);
        }
        outcome.weak = open.is_weak();
        let some = (plan.schedules.min(MOST) * SOME / OF).max(LEAST);
        open.schedules(plan.rows.len(), some as usize)
    };
    claim_less(outcome);
    let freely = Plan {
        systematic: None,
        liberties: Some(&numbers),
        ..plan.clone()
    };
    let before = outcome.schedules;
    let summary = judging.run_all(&freely, &|done, total| {
        progress(before + done, before + total);
    })?;
    // Each row begins as in every check.
    let begun = numbers.iter().filter(|it| !it.is_empty()).count();
    let begun = u32::try_from(begun).unwrap_or(0) * FIRST_SCHEDULES;
    let taken = summary.schedules.saturating_sub(begun);
    let left_open = |it: &Detail| matches!(it, Detail::LeftOpen(..));
    match summary.verdict {
        // What all schedules together must show, the others have shown.
        Verdict::Passed | Verdict::Requirement => outcome.liberties = taken,
        // What it prints is left open.
        Verdict::WrongOrder if outcome.details.iter().any(left_open) => outcome.liberties = taken,
        Verdict::OverLimit | Verdict::Inconclusive => {}
        _ => {
            small_space::fill(outcome, summary, None);
            outcome.schedules = before + taken;
            return Ok(true);
        }
    }
    Ok(false)
}

/// All schedules with few preemptions are not all there are.
fn claim_less(outcome: &mut Outcome) {
    let asked_for = outcome.exhaustive.filter(|it| !it.besides);
    outcome.exhaustive = asked_for.map(|it| Exhaustive {
        complete: false,
        ..it
    });
}
