//! What a program prints in the natural schedule. This stands in for an expected text if none was
//! given.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use sched_model::run::{Run, TaskId, What};

use super::CheckOptions;
use super::calls::Calls;
use super::schedules::plan;
use crate::course::Exercise;
use crate::course::snapshot::Transcript;
use crate::explore::replay::{Replayer, natural_twice};
use crate::judge::clock;
use crate::judge::view::{self, ViewLine};
use crate::judge::{self, Source};

/// By how much a drifting clock is later at each look. The first drift hardly changes what a
/// program does; the others show if only seconds, minutes, hours or days are printed.
const CLOCK_DRIFTS: [Duration; 5] = [
    Duration::from_nanos(1_234_567),
    Duration::from_nanos(1_234_567_891),
    Duration::from_millis(71_357),
    Duration::from_secs(4_271),
    Duration::from_secs(123_457),
];

/// What a program prints when nobody is disturbed.
pub enum Printed {
    /// The same each time.
    Steadily(Transcript),
    /// Something else in the same schedule: in this line, if there is one.
    Unsteadily(Option<String>),
    /// Nothing to be relied on, because that schedule does not end well.
    Failing,
}

/// What it prints in schedule 0, without what comes from the clock.
pub fn transcript(
    exercise: &Exercise,
    options: &CheckOptions,
    calls: &Calls,
    program: &Path,
) -> anyhow::Result<Printed> {
    let plan = plan(exercise, options, program);
    let [run, again] = natural_twice(&plan)?;
    let Some(mut lines) = printed(exercise, calls, &run) else {
        return Ok(Printed::Failing);
    };
    // Started anew, a program must print the same: all that it can see is under control, or else
    // nothing can be said of what it prints.
    let again = printed(exercise, calls, &again).unwrap_or_default();
    if let Some(line) = difference(&lines, &again) {
        return Ok(Printed::Unsteadily(line));
    }
    if run.events.iter().any(|event| event.what == What::Clock) {
        let mut replayer = Replayer::new(&plan, 0)?;
        for drift in CLOCK_DRIFTS {
            let other = replayer.with_clock(drift)?;
            if let Some(others) = printed(exercise, calls, &other) {
                mask((&mut lines, &run), (&others, &other));
            }
        }
    }
    let transcript = lines.into_iter().map(|line| line.text).collect();
    Ok(Printed::Steadily(clock::all_masked(transcript)))
}

/// The first line that is not the same, if they are not all the same.
fn difference(lines: &[ViewLine], others: &[ViewLine]) -> Option<Option<String>> {
    let differs = |(line, other): &(&ViewLine, &ViewLine)| line.text != other.text;
    let first = lines.iter().zip(others).find(differs);
    let first = first.map(|(line, _)| line.text.clone());
    (first.is_some() || lines.len() != others.len()).then_some(first)
}

/// The lines of a run that came to a good end.
fn printed(exercise: &Exercise, calls: &Calls, run: &Run) -> Option<Vec<ViewLine>> {
    let source = Source {
        uses: &|at| calls.are_used(at),
        given: 0,
    };
    let fine = judge::digest(exercise, None, source, run).found.is_empty();
    view::canonical(&exercise.view, run).ok().filter(|_| fine)
}

/// Masks what differs between each line and its counterpart in the other run: the line of the same
/// shape that the same task printed, counted in the order of printing. With another clock, tasks
/// and lines may come in another order.
fn mask((lines, run): (&mut [ViewLine], &Run), (others, other): (&[ViewLine], &Run)) {
    let theirs: BTreeMap<Place, &str> = places(others, other)
        .into_iter()
        .zip(others.iter().map(|it| it.text.as_str()))
        .collect();
    for (place, line) in places(lines, run).into_iter().zip(lines) {
        if let Some(theirs) = theirs.get(&place) {
            line.text = clock::masked(&line.text, theirs);
        }
    }
}

/// Identifies a line: who printed it, its text without numbers, and how many lines with this text
/// the task had printed before.
type Place = (Option<TaskId>, String, usize);

fn places(lines: &[ViewLine], run: &Run) -> Vec<Place> {
    let mut as_printed: Vec<usize> = (0..lines.len()).collect();
    as_printed.sort_by_key(|&line| lines[line].output);
    let mut counts: BTreeMap<(Option<TaskId>, String), usize> = BTreeMap::new();
    let mut places = vec![(None, String::new(), 0); lines.len()];
    for line in as_printed {
        let task = lines[line].output.map(|index| run.output[index].task);
        let shape = clock::shape(&lines[line].text);
        let count = counts.entry((task, shape.clone())).or_default();
        places[line] = (task, shape, *count);
        *count += 1;
    }
    places
}
