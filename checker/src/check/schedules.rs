//! Which schedules a check is to run.

use std::path::Path;
use std::sync::Arc;

use super::CheckOptions;
use crate::course::{Exercise, View};
use crate::explore::Plan;
use crate::explore::systematic::{Bounds, Prints};

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
        insists: exercise.require.no_polling,
        systematic: options
            .exhaustive
            .map(|preemptions| bounds(exercise, preemptions)),
        liberties: None,
        open: Arc::default(),
        bounded: false,
        long: options.subject.is_program(),
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
