//! Who is inside of marked sections at the same time, and whose work there is asked for: that of which the
//! given part prints a line before it ends. Lines are compared, so that nobody can print one more
//! by work that only seems to be done.

use std::collections::{BTreeMap, BTreeSet};

use sched_model::run::{Event, Run, TaskId, What};

/// The tasks inside of sections that are marked in the given part: the most at once, and how many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inside {
    /// Whatever they do there.
    pub all: u32,
    /// Those of whose work a line is printed there.
    pub asked: u32,
    /// All who ever were there.
    pub workers: u32,
}

/// The events in line `given` or below.
fn below(run: &Run, given: u32) -> impl Iterator<Item = (usize, &Event)> {
    let counts =
        move |(_, event): &(usize, &Event)| event.at.as_ref().is_none_or(|at| at.line >= given);
    run.events.iter().enumerate().filter(counts)
}

/// The names of the sections that are marked there, sorted.
pub fn sections(run: &Run, given: u32) -> Vec<String> {
    let names = below(run, given).filter_map(|(_, event)| match &event.what {
        What::Enter(name) => Some(&**name),
        _ => None,
    });
    let each_once: BTreeSet<&str> = names.collect();
    each_once.into_iter().map(str::to_owned).collect()
}

/// A stay in a section, between two events.
struct Stay {
    task: TaskId,
    from: usize,
    until: usize,
    prints: bool,
}

/// All stays; the program is as it was given from line `given` on.
fn stays(run: &Run, given: u32) -> Vec<Stay> {
    let mut now: BTreeMap<TaskId, Vec<Stay>> = BTreeMap::new();
    let mut done = Vec::new();
    for (at, event) in below(run, given) {
        let stays = now.entry(event.task).or_default();
        let ended = match event.what {
            What::Enter(_) => {
                stays.push(Stay {
                    task: event.task,
                    from: at,
                    until: run.events.len(),
                    prints: false,
                });
                continue;
            }
            What::Leave(_) => stays.len().saturating_sub(1)..stays.len(),
            What::Exit(_) => 0..stays.len(),
            What::Print(..) => {
                stays.iter_mut().for_each(|it| it.prints = true);
                continue;
            }
            _ => continue,
        };
        let ended = stays.drain(ended);
        done.extend(ended.map(|stay| Stay { until: at, ..stay }));
    }
    done.extend(now.into_values().flatten());
    done
}

/// When each task began the work that is asked for.
pub fn begun(run: &Run, given: u32) -> BTreeMap<TaskId, usize> {
    let mut begun = BTreeMap::new();
    for stay in stays(run, given).iter().filter(|stay| stay.prints) {
        let first = begun.entry(stay.task).or_insert(stay.from);
        *first = stay.from.min(*first);
    }
    begun
}

impl Inside {
    /// Those that a run shows; the program is as it was given from line `given` on.
    pub fn of(run: &Run, given: u32) -> Inside {
        let stays = stays(run, given);
        let asked = || stays.iter().filter(|stay| stay.prints);
        let workers: BTreeSet<TaskId> = stays.iter().map(|stay| stay.task).collect();
        Inside {
            all: most(stays.iter()),
            asked: most(asked()),
            workers: u32::try_from(workers.len()).unwrap_or(u32::MAX),
        }
    }
}

/// The most tasks that stay at once.
fn most<'a>(stays: impl Iterator<Item = &'a Stay>) -> u32 {
    let ends = |it: &Stay| [(it.from, it.task, true), (it.until, it.task, false)];
    let mut changes: Vec<(usize, TaskId, bool)> = stays.flat_map(ends).collect();
    changes.sort_unstable();
    let mut depths: BTreeMap<TaskId, usize> = BTreeMap::new();
    let (mut now, mut most) = (0_u32, 0);
    for (_, task, begins) in changes {
        let depth = depths.entry(task).or_default();
        if begins {
            now += u32::from(*depth == 0);
            *depth += 1;
        } else {
            *depth -= 1;
            now -= u32::from(*depth == 0);
        }
        most = most.max(now);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::super::build::RunBuilder;
    use super::*;

    const PRINT: What = What::Print(0, 1);

    fn enter() -> What {
        What::Enter("work".into())
    }

    fn leave() -> What {
        What::Leave("work".into())
    }

    /// All that is counted of steps, each in the given part from line 9 on unless another is told.
    fn inside(steps: &[(TaskId, What, u32)]) -> (u32, u32) {
        let step = |run: RunBuilder, (task, what, line): &(TaskId, What, u32)| {
            run.event_at(*task, what.clone(), *line, None)
        };
        let run = steps.iter().fold(RunBuilder::new(3), step).run();
        let inside = Inside::of(&run, 9);
        (inside.all, inside.asked)
    }

    #[test]
    fn only_work_of_which_a_line_is_printed_is_asked_for() {
        let both = |first: u32, second: u32| {
            inside(&[
                (1, enter(), 20),
                (2, enter(), 20),
                (1, PRINT, first),
                (2, PRINT, second),
                (1, leave(), 20),
                (2, leave(), 20),
            ])
        };
        assert_eq!(both(21, 21), (2, 2));
        assert_eq!(both(21, 8), (2, 1), "the answer's own line tells nothing");
    }

    #[test]
    fn a_line_before_or_after_is_of_other_work() {
        let works = |task| [(task, enter(), 20), (task, leave(), 20)];
        let prints = |task| [(task, PRINT, 21)];
        let around = [&prints(1)[..], &works(1), &prints(1), &works(2), &prints(2)].concat();
        assert_eq!(inside(&around), (1, 0));
    }

    #[test]
    fn one_task_counts_once_and_whoever_exits_has_left() {
        let nested = [(1, enter(), 20), (1, enter(), 20), (1, PRINT, 20)];
        assert_eq!(inside(&nested), (1, 1));
        let gone = [
            (1, enter(), 20),
            (1, PRINT, 20),
            (1, What::Exit(0), 20),
            (2, enter(), 20),
            (2, PRINT, 20),
        ];
        assert_eq!(inside(&gone), (1, 1));
    }

    #[test]
    fn sections_that_the_answer_marks_itself_do_not_count() {
        let own = [
            (1, enter(), 8),
            (2, enter(), 20),
            (1, PRINT, 21),
            (2, PRINT, 21),
        ];
        assert_eq!(inside(&own), (1, 1));
    }
}
