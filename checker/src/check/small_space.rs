//! Runs all schedules with few preemptions if there are not many: they say more than the same
//! number of random ones.

use std::sync::Arc;

use super::judging::Judging;
use super::schedules::bounds;
use super::{DEFAULT_PREEMPTIONS, Progress};
use crate::explore::Plan;
use crate::explore::systematic::Bounds;
use crate::facts::{Exhaustive, Outcome, Verdict};
use crate::judge::summary::Summary;
use crate::support::interrupt;

/// How far a systematic exploration came; `besides`: random schedules were run, too.
fn how_far(bounds: Bounds, summary: &Summary, besides: bool) -> Exhaustive {
    Exhaustive {
        preemptions: bounds.preemptions,
        schedules: summary.schedules,
        complete: summary.complete,
        besides,
    }
}

/// If the random schedules found nothing: runs all schedules with few preemptions, unless these are
/// more than the random ones were, and adds their result. What only many random schedules show, such as
/// an overlap, is not required of them; and if they are inconclusive, the result of the random ones
/// stands.
///
/// # Errors
///
/// As [`Judging::run_all`].
pub fn add_all_if_few(
    outcome: &mut Outcome,
    plan: &mut Plan,
    judging: &Judging,
    progress: Progress,
) -> anyhow::Result<()> {
    let done = outcome.verdict != Verdict::Passed || plan.systematic.is_some();
    if done || interrupt::requested() {
        return Ok(());
    }
    let bounds = Bounds {
        all_or_few: true,
        ..bounds(judging.exercise, DEFAULT_PREEMPTIONS)
    };
    let systematic = Plan {
        systematic: Some(bounds),
        open: Arc::clone(&plan.open),
        started: Arc::clone(&plan.started),
        ..*plan
    };
    let before = outcome.schedules;
    let summary = judging.run_all(&systematic, &|done, total| {
        progress(before + done, before + total);
    })?;
    match summary.verdict {
        Verdict::Passed | Verdict::Requirement if summary.complete => {
            outcome.exhaustive = Some(how_far(bounds, &summary, true));
        }
        // That all schedules are too many is no fault of the program.
        Verdict::Passed | Verdict::Requirement | Verdict::OverLimit | Verdict::Inconclusive => {}
        _ => {
            plan.systematic = Some(bounds);
            fill(outcome, summary, plan.systematic);
        }
    }
    Ok(())
}

/// Notes what schedules came to; `bounds`: those of a systematic exploration.
pub fn fill(outcome: &mut Outcome, summary: Summary, bounds: Option<Bounds>) {
    outcome.exhaustive = bounds.map(|bounds| how_far(bounds, &summary, false));
    outcome.verdict = summary.verdict;
    outcome.also = summary.also;
    outcome.points = summary.points;
    outcome.rung = summary.rung;
    outcome.schedules = summary.schedules;
    outcome.failed_schedules = summary.failed_schedules;
    outcome.showed = summary.showed;
    outcome.only_these = summary.only_these;
    if let Some((first, found)) = summary.first {
        outcome.first_failure = Some(first);
        outcome.finding = Some(found.finding);
        outcome.details = found.details;
    }
}
