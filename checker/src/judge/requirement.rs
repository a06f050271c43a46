//! Requirements beyond the transcript: some concern every run, some all schedules together.

use std::collections::BTreeSet;

use sched_model::run::{Event, ObjectId, Run, Site, What};

use super::namesake::is_meant;
use super::{Digest, Found, found};
use crate::course::Exercise;
use crate::facts::Verdict;
use crate::facts::fact::{Fact, Unmet};

/// Whether something can happen is judged only after this many schedules: natural, breadth-first
/// and reversed are among the first four, so the answer does not depend on luck.
const FEWEST_SCHEDULES: usize = 4;
/// The breadth-first schedule, in which the required overlap or order is most likely to show.
pub const BREADTH_FIRST: u32 = 1;

/// Those of the objects that are asked for, by name, for which nobody waited who printed a line of the
/// given part later. The program is as it was given from line `given` on.
pub fn never_waited(asked: &[String], run: &Run, given: u32) -> Vec<Unwaited> {
    let prints = |event: &Event| {
        let at = event.at.as_ref();
        matches!(event.what, What::Print(..)) && at.is_none_or(|at| at.line >= given)
    };
    let mut printing = BTreeSet::new();
    let (mut waited, mut for_show) = (BTreeSet::new(), BTreeSet::new());
    for event in run.events.iter().rev() {
        match event.object {
            Some(object) if event.what == What::Blocked && printing.contains(&event.task) => {
                waited.insert(object);
            }
            Some(object) if event.what == What::Blocked => drop(for_show.insert(object)),
            _ if prints(event) => drop(printing.insert(event.task)),
            _ => {}
        }
    }
    let is_one =
        |name: &str, of: &BTreeSet<ObjectId>| of.iter().any(|it| is_meant(run, *it, name, given));
    let never = asked.iter().filter(|name| !is_one(name, &waited));
    let unwaited = |name: &String| Unwaited {
        name: name.clone(),
        for_show: is_one(name, &for_show),
    };
    never.map(unwaited).collect()
}

/// An object for which nobody waited as is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Unwaited {
    name: String,
    /// Whether somebody did who printed nothing later.
    for_show: bool,
}

/// A requirement that does not hold in one row.
pub struct Broken {
    /// The schedule to look at.
    pub schedule: u32,
    /// How many schedules show it.
    pub schedules: u32,
    /// What it is.
    pub found: Found,
}

/// How many processes other than main's printed, in any of their threads.
pub fn printers(run: &Run) -> u32 {
    let process = |task: usize| run.tasks.get(task).map_or(task, |task| task.process);
    let lines = run.output.iter();
    let tasks: BTreeSet<usize> = lines.map(|line| process(line.task)).collect();
    let children = tasks.iter().filter(|task| **task != 0).count();
    u32::try_from(children).unwrap_or(u32::MAX)
}

/// The requirements that a row violates; `complete`: the check was not cut short.
pub fn broken(exercise: &Exercise, row: &[String], runs: &[Digest], complete: bool) -> Vec<Broken> {
    let ordinary = exercise.is_ordinary(row);
    let mut broken = Vec::new();
    broken.extend(makespan(exercise, runs));
    broken.extend(crowded(exercise, row, runs));
    if ordinary {
        broken.extend(processes(exercise, row, runs));
    }
    if ordinary && complete && runs.len() >= FEWEST_SCHEDULES {
        broken.extend(overlapped(exercise, runs));
        broken.extend(ordered(exercise, runs));
        broken.extend(never_blocked(exercise, runs));
    }
    broken
}

fn processes(exercise: &Exercise, row: &[String], runs: &[Digest]) -> Option<Broken> {
    let expected = exercise.require.processes?.of(row)?;
    let natural = runs
        .first()
        .filter(|run| run.schedule == 0 && run.finished)?;
    if natural.printers == expected {
        return None;
    }
    let unmet = Unmet::Printers(natural.printers, expected);
    Some(broken_in(natural, 1, unmet))
}

fn makespan(exercise: &Exercise, runs: &[Digest]) -> Option<Broken> {
    let limit = exercise.require.makespan?;
    let too_long = |run: &&Digest| run.makespan.is_some_and(|makespan| makespan > limit);
    let first = runs.iter().find(too_long)?;
    let count = runs.iter().filter(too_long).count();
    let took = first.makespan.unwrap_or_default();
    Some(broken_in(first, count, Unmet::Makespan(took, limit)))
}

fn crowded(exercise: &Exercise, row: &[String], runs: &[Digest]) -> Option<Broken> {
    let limit = exercise.require.at_most?.of(row)?;
    let too_many = |run: &&Digest| run.inside.all > limit;
    let first = runs.iter().find(too_many)?;
    let count = runs.iter().filter(too_many).count();
    Some(broken_in(
        first,
        count,
        Unmet::Crowded(
            exercise.tasks,
            first.sections.clone(),
            first.inside.all,
            limit,
        ),
    ))
}

fn overlapped(exercise: &Exercise, runs: &[Digest]) -> Option<Broken> {
    let expected = exercise.require.overlap?;
    let (run, most, count) = none_shows(runs, |run| run.inside.asked, expected)?;
    let (tasks, sections) = (exercise.tasks, run.sections.clone());
    let unmet = match none_shows(runs, |run| run.inside.all, expected) {
        None => Unmet::ForShow(tasks, sections),
        Some(_) => match none_shows(runs, |run| run.inside.workers, expected) {
            Some((_, workers, _)) => Unmet::Workers(tasks, sections, workers, expected),
            None => {
                let unmet = Unmet::Overlap(tasks, sections, most, expected);
                return Some(broken_at(run, count, unmet, run.kept[1].as_ref()));
            }
        },
    };
    Some(broken_in(run, count, unmet))
}

fn ordered(exercise: &Exercise, runs: &[Digest]) -> Option<Broken> {
    let expected = exercise.require.orders?;
    let orders: BTreeSet<u64> = runs
        .iter()
        .filter(|run| run.finished)
        .map(|run| run.order)
        .collect();
    let (run, _, count) = none_shows(runs, |_| 0, 1)?;
    let seen = u32::try_from(orders.len()).unwrap_or(u32::MAX);
    let unmet = if seen < expected {
        Unmet::Orders(seen, expected)
    } else if none_shows(runs, |run| u32::from(run.free), 1).is_some() {
        Unmet::NeverFree(exercise.tasks)
    } else {
        return None;
    };
    Some(broken_at(run, count, unmet, run.kept[0].as_ref()))
}

fn never_blocked(exercise: &Exercise, runs: &[Digest]) -> Option<Broken> {
    exercise.require.blocked_on.iter().find_map(|name| {
        let unwaited = |run: &Digest| run.never_waited.iter().find(|it| it.name == *name).cloned();
        let waited = |run: &Digest| u32::from(unwaited(run).is_none());
        let (run, _, count) = none_shows(runs, waited, 1)?;
        let for_show = runs
            .iter()
            .any(|it| unwaited(it).is_some_and(|it| it.for_show));
        let unmet = Unmet::NeverWaited(exercise.tasks, name.clone(), for_show);
        Some(broken_in(run, count, unmet))
    })
}

/// If no finished run reaches `expected`: the run that came closest, what it reached, and the
/// number of runs. `None` if no run finished.
fn none_shows(
    runs: &[Digest],
    seen: impl Fn(&Digest) -> u32,
    expected: u32,
) -> Option<(&Digest, u32, usize)> {
    let finished: Vec<&Digest> = runs.iter().filter(|run| run.finished).collect();
    let most = finished.iter().map(|run| seen(run)).max()?;
    if most >= expected {
        return None;
    }
    let shown = finished
        .iter()
        .find(|run| run.schedule == BREADTH_FIRST)
        .or(finished.first())?;
    Some((shown, most, finished.len()))
}

fn broken_in(run: &Digest, count: usize, unmet: Unmet) -> Broken {
    broken_at(run, count, unmet, None)
}

/// At this place, or else where the first child was started.
fn broken_at(run: &Digest, count: usize, unmet: Unmet, at: Option<&Site>) -> Broken {
    let at = at.or(run.start.as_ref());
    Broken {
        schedule: run.schedule,
        schedules: u32::try_from(count).unwrap_or(u32::MAX),
        found: found(Verdict::Requirement, Fact::Unmet(unmet), at),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::build::{self, RunBuilder};
    use super::super::{
        digest,
        tests::{ANY, exercise},
    };
    use super::*;
    use crate::course::View;

    fn enter() -> What {
        What::Enter("work".into())
    }

    fn leave() -> What {
        What::Leave("work".into())
    }

    fn messages(require: &str, runs: Vec<RunBuilder>) -> Vec<(u32, u32, String)> {
        let exercise = exercise(View::Exact, require);
        let number = |(index, run): (usize, RunBuilder)| run.schedule(index as u32).run();
        let runs = runs.into_iter().enumerate().map(number);
        let runs: Vec<Digest> = runs.map(|run| digest(&exercise, None, ANY, &run)).collect();
        broken(&exercise, &["5".to_owned()], &runs, true)
            .into_iter()
            .map(|broken| {
                let told = build::told(&broken.found);
                (broken.schedule, broken.schedules, told)
            })
            .collect()
    }

    const PRINT: What = What::Print(0, 1);

    fn steps(steps: &[(usize, What)]) -> RunBuilder {
        let step = |run: RunBuilder, (task, what): &(usize, What)| {
            run.event_at(*task, what.clone(), 40, None)
        };
        steps.iter().fold(RunBuilder::new(2), step)
    }

    fn one_by_one() -> RunBuilder {
        let works = |task| [(task, enter()), (task, PRINT), (task, leave())];
        steps(&[works(1), works(2)].concat())
    }

    fn together() -> RunBuilder {
        let both = |what: What| [(1, what.clone()), (2, what)];
        steps(&[both(enter()), both(PRINT), both(leave())].concat())
    }

    /// Nothing is printed of what is done at the same time.
    fn for_show() -> RunBuilder {
        steps(&[(1, enter()), (2, enter()), (1, leave()), (2, leave())])
    }

    #[test]
    fn one_schedule_that_overlaps_is_enough() {
        let runs = vec![one_by_one(), one_by_one(), one_by_one(), together()];
        assert_eq!(messages("overlap = 2", runs), []);
    }

    #[test]
    fn never_overlapping_is_shown_in_the_breadth_first_schedule() {
        let runs = vec![one_by_one(), one_by_one(), one_by_one(), one_by_one()];
        let message = "no two processes were ever seen to work at the same time".to_owned();
        assert_eq!(messages("overlap = 2", runs), [(1, 4, message)]);
    }

    #[test]
    fn work_that_was_not_done_at_all_is_told_as_that() {
        let told = |runs: [RunBuilder; 4]| messages("overlap = 2", runs.into()).pop();
        let idle = || RunBuilder::new(2);
        let (_, _, message) = told([idle(), idle(), idle(), idle()]).expect("is told");
        assert_eq!(message, "no process ever came to work");
        let alone = || steps(&[(1, enter()), (1, PRINT), (1, leave())]);
        let (_, _, message) = told([alone(), alone(), idle(), alone()]).expect("is told");
        let one = "1 process only came to work, and 2 should at the same time";
        assert_eq!(message, one);
    }

    #[test]
    fn a_missing_order_or_overlap_is_shown_where_the_second_one_was_kept_back() {
        let at = |require: &str, steps: &[(usize, What, u32)]| {
            let exercise = exercise(View::Exact, require);
            let run = || RunBuilder::new(2).lock("x").started(1, 20).started(2, 21);
            let step = |run: RunBuilder, (task, what, line): &(usize, What, u32)| {
                let object = matches!(what, What::Acquired | What::Released).then_some(0);
                run.event_at(*task, what.clone(), *line, object)
            };
            let run = |schedule| steps.iter().fold(run(), step).schedule(schedule).run();
            let digest = |schedule| digest(&exercise, None, ANY, &run(schedule));
            let runs: Vec<Digest> = (0..4).map(digest).collect();
            let broken = broken(&exercise, &["5".to_owned()], &runs, true);
            broken[0].found.finding.at.clone().map(|at| at.line)
        };
        let (first, second) = ((0, What::Start(1), 20), (0, What::Start(2), 21));
        let (exit, joined) = ((1, What::Exit(0), 9), (0, What::Joined(1), 22));
        let (a, b) = ((1, PRINT, 10), (2, PRINT, 11));
        let joins = [
            first.clone(),
            a.clone(),
            exit,
            joined,
            second.clone(),
            b.clone(),
        ];
        assert_eq!(at("orders = 2", &joins), Some(22));
        let late = [first.clone(), a.clone(), second.clone(), b.clone()];
        assert_eq!(at("orders = 2", &late), Some(21));
        let works = |task, line| {
            let step = move |what| (task, what, line);
            let inside = [enter(), PRINT, leave()].map(step);
            [
                &[step(What::Acquired)][..],
                &inside,
                &[step(What::Released)],
            ]
            .concat()
        };
        let locked = [&[first, second][..], &works(1, 30), &works(2, 31)].concat();
        assert_eq!(at("overlap = 2", &locked), Some(31));
    }

    #[test]
    fn what_is_done_for_show_at_the_same_time_is_told_as_that() {
        let runs = vec![one_by_one(), one_by_one(), for_show(), one_by_one()];
        let told = messages("overlap = 2", runs).pop().expect("is told").2;
        assert!(told.contains("only by work for show"), "{told}");
        let runs = vec![one_by_one(), for_show()];
        assert_eq!(
            messages("at_most = 1", runs).len(),
            1,
            "who is there counts"
        );
    }

    #[test]
    fn what_must_exist_is_not_judged_on_too_few_schedules() {
        let runs = vec![one_by_one(), one_by_one(), one_by_one()];
        assert_eq!(messages("overlap = 2, orders = 2", runs), []);
    }

    #[test]
    fn runs_that_did_not_finish_prove_no_missing_overlap() {
        let deadlock = || one_by_one().deadlock(vec![], vec![]);
        assert_eq!(
            messages(
                "overlap = 2, orders = 2",
                vec![deadlock(), deadlock(), deadlock(), deadlock()]
            ),
            []
        );
    }

    #[test]
    fn one_order_only_breaks_orders() {
        let started = || {
            RunBuilder::new(2)
                .event(0, What::Start(1))
                .event(0, What::Start(2))
        };
        let prints =
            |run: RunBuilder, task, text| run.print(task, text).event(task, What::Print(0, 1));
        let run = |a, b| prints(prints(started(), a, "a"), b, "b");
        let other = || prints(prints(started(), 2, "b"), 1, "a");
        let message = "the lines came in the same order in every schedule".to_owned();
        let same = vec![run(1, 2), run(1, 2), run(1, 2), run(1, 2)];
        assert_eq!(messages("orders = 2", same), [(1, 4, message)]);
        assert_eq!(
            messages("orders = 2", vec![run(1, 2), run(1, 2), run(1, 2), other()]),
            []
        );
    }

    #[test]
    fn an_order_that_is_drawn_and_then_fixed_breaks_orders() {
        let text = |task| if task == 1 { "a" } else { "b" };
        let one = |task, other| {
            let run = RunBuilder::new(2).event(0, What::Start(task));
            let run = run.print(task, text(task)).event(task, What::Print(0, 1));
            let run = run.event(task, What::Exit(0)).event(0, What::Joined(task));
            let run = run.event(0, What::Start(other));
            run.print(other, text(other))
                .event(other, What::Print(1, 1))
        };
        let drawn = vec![one(1, 2), one(1, 2), one(2, 1), one(2, 1)];
        let told = messages("orders = 2", drawn).pop();
        assert!(told.is_some_and(|(_, _, told)| told.contains("free to print")));
    }

    #[test]
    fn somebody_must_wait_for_each_thing_that_is_asked_for_in_some_schedule() {
        let told = |what: What, object, prints: usize| {
            let run = || RunBuilder::new(1).lock("bell").lock("door");
            let waits = run().event_at(1, what, 40, Some(object));
            let waits = waits.event_at(prints, PRINT, 41, None);
            let waits_for_bell = run().event_at(1, What::Blocked, 30, Some(0));
            let runs = vec![
                waits_for_bell.event_at(1, PRINT, 31, None),
                run(),
                run(),
                waits,
            ];
            messages("blocked_on = [\"bell\", \"door\"]", runs)
        };
        assert_eq!(told(What::Blocked, 1, 1), []);
        for (what, object) in [(What::WouldBlock, 1), (What::Blocked, 0)] {
            let message = "no process ever waited for door".to_owned();
            assert_eq!(told(what, object, 1), [(1, 4, message)]);
        }
        let message =
            "no process waited for door but one that printed nothing of the given part later";
        assert_eq!(told(What::Blocked, 1, 0), [(1, 4, message.to_owned())]);
    }

    #[test]
    fn every_run_without_delays_must_be_fast_enough() {
        let takes = |seconds| RunBuilder::new(0).makespan(Duration::from_secs(seconds));
        let runs = vec![takes(1), takes(3), RunBuilder::new(0), takes(2)];
        let message = "the run took 3s of virtual time, and 1s is enough".to_owned();
        assert_eq!(messages("makespan = \"1s\"", runs), [(1, 2, message)]);
        assert_eq!(messages("makespan = \"1s\"", vec![takes(1)]), []);
    }

    #[test]
    fn more_tasks_at_once_than_may_be_break_it_in_one_schedule() {
        let message = "2 processes were seen to work at the same time, and no more than 1 may";
        let runs = vec![one_by_one(), together(), one_by_one()];
        assert_eq!(messages("at_most = 1", runs), [(1, 1, message.to_owned())]);
        assert_eq!(messages("at_most = \"$1\"", vec![together()]), []);
    }

    #[test]
    fn in_an_edge_nothing_has_to_be_possible() {
        let text = "[exercise.\"05_lock/1_two_lines\"]\ntitle = \"T\"\nview = \"exact\"\n\
                    points = 4\nargs = [[\"5\"]]\nedges = [[\"0\"]]\n\
                    require = { overlap = 2, orders = 2, processes = 2, blocked_on = [\"queue\"] }\n";
        let course = crate::course::Course::load_text(text).expect("parses");
        let exercise = &course.exercises[0];
        assert_eq!(exercise.rows, [["5"], ["0"]]);
        let number = |index| RunBuilder::new(0).schedule(index).run();
        let runs: Vec<Digest> = (0..4)
            .map(|it| digest(exercise, None, ANY, &number(it)))
            .collect();
        let broken_in = |row: &str| broken(exercise, &[row.to_owned()], &runs, true).len();
        assert_eq!((broken_in("5"), broken_in("0")), (4, 0));
    }

    #[test]
    fn so_many_children_must_print() {
        let run = || (1..=4).fold(RunBuilder::new(5), |run, task| run.print(task, "x"));
        let message = "4 child processes printed where 5 should".to_owned();
        assert_eq!(
            messages("processes = \"$1\"", vec![run()]),
            [(0, 1, message)]
        );
        assert_eq!(
            messages(
                "processes = \"$1\"",
                vec![run().print(5, "x").print(0, "y")]
            ),
            []
        );
    }
}
