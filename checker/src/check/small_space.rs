//! Runs all schedules with few preemptions if there are not many: they say more than the same
//! number of random ones.

use std::sync::Arc;

use super::{Allowed, DEFAULT_PREEMPTIONS, Progress, bounds, fill, run_all};
use crate::course::Exercise;
use crate::explore::Plan;
use crate::explore::systematic::Bounds;
use crate::facts::{Exhaustive, Outcome, Verdict};
use crate::judge::summary::Summary;

/// How far a systematic exploration came; `besides`: random schedules were run, too.
pub fn how_far(bounds: Bounds, summary: &Summary, besides: bool) -> Exhaustive {
    Exhaustive {
        preemptions: bounds.preemptions,
        schedules: summary.schedules,
        complete: summary.complete,
        besides,
    }
}

/// If the random schedules found nothing: runs all schedules with few preemptions, unless these are
/// more than the random ones were.
pub fn all_if_few(
    plan: &Plan,
    exercise: &Exercise,
    allowed: &Allowed,
    outcome: &Outcome,
    progress: Progress,
) -> anyhow::Result<Option<(Bounds, Summary)>> {
    let done = outcome.verdict != Verdict::Passed || plan.systematic.is_some();
    if done || crate::support::interrupt::requested() {
        return Ok(None);
    }
    let bounds = Bounds {
        all_or_few: true,
        ..bounds(exercise, DEFAULT_PREEMPTIONS)
    };
    let systematic = Plan {
        systematic: Some(bounds),
        started: Arc::clone(&plan.started),
        ..*plan
    };
    let before = outcome.schedules;
    let summary = run_all(&systematic, exercise, allowed, &|done, total| {
        progress(before + done, before + total);
    })?;
    Ok(Some((bounds, summary)))
}

/// Adds the result of the schedules with few preemptions. What only many random schedules show,
/// such as an overlap, is not required of them; and if they are inconclusive, the result of the
/// random ones stands.
pub fn take_over(outcome: &mut Outcome, plan: &mut Plan, bounds: Bounds, summary: Summary) {
    match summary.verdict {
        Verdict::Passed | Verdict::Requirement if summary.complete => {
            outcome.exhaustive = Some(how_far(bounds, &summary, true));
        }
        Verdict::Passed | Verdict::Requirement | Verdict::Inconclusive => {}
        _ => {
            plan.systematic = Some(bounds);
            fill(outcome, summary, plan.systematic);
        }
    }
}
