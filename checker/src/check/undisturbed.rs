//! What a program prints when nobody is disturbed, where nobody said what it ought to print.

use std::path::Path;
use std::time::Duration;

use sched::run::{Run, What};

use super::{CheckOptions, plan};
use crate::course::Exercise;
use crate::explore::replay::Replayer;
use crate::judge;
use crate::judge::clock::masked;
use crate::snapshot::Transcript;
use crate::view::{self, ViewLine};

/// How much later a clock that goes wrong is at each look. The first one hardly changes what a program
/// does; the second one is seen where only seconds are printed.
const SKEWS: [Duration; 2] = [
    Duration::from_nanos(1_234_567),
    Duration::from_nanos(1_234_567_891),
];

/// What it prints in schedule 0, without what comes from the clock; `None` where that does not come to
/// a good end.
pub fn transcript(
    exercise: &Exercise,
    options: &CheckOptions,
    program: &Path,
) -> anyhow::Result<Option<Transcript>> {
    let plan = plan(exercise, options, program);
    let mut replayer = Replayer::new(&plan, 0)?;
    let run = replayer.schedule(0)?;
    let Some(mut lines) = printed(exercise, &run) else {
        return Ok(None);
    };
    if run.events.iter().any(|event| event.what == What::Clock) {
        for skew in SKEWS {
            if let Some(others) = printed(exercise, &replayer.with_clock(skew)?) {
                mask(&mut lines, &others);
            }
        }
    }
    let mut transcript: Transcript = lines.into_iter().map(|line| line.text).collect();
    // Masked lines may have another place.
    transcript.sort();
    Ok(Some(transcript))
}

/// The lines of a run that came to a good end.
fn printed(exercise: &Exercise, run: &Run) -> Option<Vec<ViewLine>> {
    let fine = judge::digest(exercise, None, run).found.is_empty();
    view::canonical(&exercise.view, run).ok().filter(|_| fine)
}

/// Masks in each line what is otherwise in that of the other run, which was printed as the same one.
fn mask(lines: &mut [ViewLine], others: &[ViewLine]) {
    if lines.len() != others.len() {
        return;
    }
    for line in lines {
        if let Some(other) = others.iter().find(|other| other.output == line.output) {
            line.text = masked(&line.text, &other.text);
        }
    }
}
