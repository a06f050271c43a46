//! Which schedules a check is to run.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::CheckOptions;
use crate::course::{Exercise, View};
use crate::explore::Plan;
use crate::explore::systematic::{Bounds, Prints};

/// How long a task of a program of one's own may be kept waiting while the time limit of another one's
/// wait runs out, where nobody said it. A limit is mostly a guard: one of a few seconds runs out if
/// something is wrong, and not because the computer is busy.
const BESIDE_LIMITS: Duration = Duration::from_millis(100);

/// What to explore.
pub fn plan<'a>(exercise: &'a Exercise, options: &CheckOptions, program: &'a Path) -> Plan<'a> {
    Plan {
        program,
        rows: &exercise.rows,
        ordinary: exercise.ordinary,
        schedules: options.schedules,
        seed: options.seed,
        jobs: options.jobs,
        max_delay: exercise.max_delay,
        limit_delay: match options.subject.is_program() {
            true => exercise.max_delay.or(Some(BESIDE_LIMITS)),
            false => None,
        },
        insists: exercise.require.no_polling,
        systematic: options
            .exhaustive
            .map(|preemptions| bounds(exercise, preemptions)),
        liberties: None,
        open: Arc::default(),
        bounded: false,
        long: options.subject.is_program(),
        to_the_end: false,
        started: Arc::default(),
    }
}

/// What a systematic exploration of an exercise is to cover.
pub fn bounds(exercise: &Exercise, preemptions: u32) -> Bounds {
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
