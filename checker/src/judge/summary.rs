//! All schedules together: the verdict, the first schedule that shows it, the points.

use std::collections::BTreeSet;

use sched_model::limits::Excess;

use super::{Digest, Found, requirement};
use crate::course::Exercise;
use crate::facts::fact::{Ended, Fact};
use crate::facts::limits::STOPS;
use crate::facts::{FirstFailure, Long, Verdict};
use crate::judge::points;

/// What all schedules came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The most severe verdict seen.
    pub verdict: Verdict,
    /// The other verdicts seen, most severe first.
    pub also: Vec<Verdict>,
    /// Points reached.
    pub points: u32,
    /// The rung of the ladder of points that they are for.
    pub rung: u32,
    /// Schedules judged.
    pub schedules: u32,
    /// How many showed something wrong.
    pub failed_schedules: u32,
    /// How many showed the verdict, if others showed only another one.
    pub showed: Option<u32>,
    /// The longest run, where runs are so long that there were fewer schedules than asked for.
    pub long: Option<Long>,
    /// Whether these are all schedules within the bound of a systematic exploration.
    pub complete: bool,
    /// The first schedule that showed the verdict, and what it showed.
    pub first: Option<(FirstFailure, Found)>,
    /// Whether all schedules with its arguments show something wrong, and none with others do.
    pub only_these: bool,
}

/// One thing seen somewhere.
struct Seen {
    row: usize,
    schedule: u32,
    found: Found,
}

/// Puts together the digests of each row, in schedule order; `exhausted`: schedules are missing,
/// since those before took too much.
pub fn summarize(exercise: &Exercise, rows: Vec<Vec<Digest>>, exhausted: bool) -> Summary {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let schedules = count(rows.iter().map(Vec::len).sum());
    let stops = rows.iter().flatten().filter(|run| run.stop).count();
    let complete = stops < STOPS && !exhausted;
    let mut seen = Vec::new();
    let lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
    let rows = rows.into_iter().enumerate();
    let failed: Vec<u32> = rows
        .map(|(row, runs)| summarize_row(exercise, row, runs, complete, &mut seen))
        .collect();
    let only_these = is_of_one_row(&failed, &lengths);
    let failed = failed.iter().sum();
    let verdicts: BTreeSet<Verdict> = seen.iter().map(|seen| seen.found.finding.verdict).collect();
    let verdict = verdicts.first().copied().unwrap_or(Verdict::Passed);
    let ladder = seen
        .iter()
        .map(|seen| (seen.found.finding.verdict, counts_as_first(seen)));
    let rung = points::rung(ladder);
    let told = seen.iter().filter(|it| it.found.finding.verdict == verdict);
    let told: BTreeSet<(usize, u32)> = told.map(|it| (it.row, it.schedule)).collect();
    // What no schedule shows was not counted by schedules.
    let counted = verdicts.len() > 1 && verdict != Verdict::Requirement;
    let showed = counted.then(|| count(told.len())).filter(|it| *it < failed);
    let first = seen
        .into_iter()
        .filter(|seen| seen.found.finding.verdict == verdict)
        .min_by_key(|seen| (seen.schedule, seen.row))
        .map(|seen| {
            let args = exercise.rows.get(seen.row).cloned().unwrap_or_default();
            (
                FirstFailure {
                    args,
                    schedule: seen.schedule,
                },
                seen.found,
            )
        });
    Summary {
        verdict,
        also: verdicts.into_iter().skip(1).collect(),
        points: points::points(rung, exercise.points),
        rung,
        schedules,
        failed_schedules: failed,
        showed,
        long: None,
        complete: false,
        first,
        only_these,
    }
}

/// Whether of several rows one fails in each of its schedules, and no other one does.
fn is_of_one_row(failed: &[u32], lengths: &[usize]) -> bool {
    let fails = |it: &(&u32, &usize)| *it.0 > 0;
    let mut failing = failed.iter().zip(lengths).filter(fails);
    let one = failing.next().filter(|_| failing.next().is_none());
    let several = lengths.iter().filter(|length| **length > 0).count() > 1;
    several && one.is_some_and(|(failed, all)| *all > 1 && *failed as usize == *all)
}

/// Whether the finding takes all points: it shows in the natural schedule too, or the program
/// forged what it did and may have done so everywhere, or it kept others from being run, which
/// might have shown more.
fn counts_as_first(seen: &Seen) -> bool {
    let takes_all = |reason: &str| {
        reason == sched_host::audit::CONTRADICTED
            || Excess::of(reason).is_some_and(Excess::ends_check)
    };
    let fact = &seen.found.finding.fact;
    seen.schedule == 0 || matches!(fact, Fact::Ended(Ended::GaveUp(reason)) if takes_all(reason))
}

/// Collects what a row shows; returns the number of its schedules that show something wrong.
fn summarize_row(
    exercise: &Exercise,
    row: usize,
    runs: Vec<Digest>,
    complete: bool,
    seen: &mut Vec<Seen>,
) -> u32 {
    let args = exercise.rows.get(row).map_or(&[][..], Vec::as_slice);
    let broken = requirement::broken(exercise, args, &runs, complete);
    let wrong = runs.iter().filter(|run| !run.found.is_empty()).count();
    let mut failed = u32::try_from(wrong).unwrap_or(u32::MAX);
    let always_wrong = runs.iter().any(|run| run.schedule == 0 && is_wrong(run));
    for run in runs {
        for mut found in run.found {
            if always_wrong && found.finding.verdict == Verdict::WrongOrder {
                found.finding.verdict = Verdict::WrongOutput;
            }
            seen.push(Seen {
                row,
                schedule: run.schedule,
                found,
            });
        }
    }
    for broken in broken {
        // What no schedule shows, every schedule fails to show.
        failed = failed.max(broken.schedules);
        seen.push(Seen {
            row,
            schedule: broken.schedule,
            found: broken.found,
        });
    }
    failed
}

/// Whether the last of a row's schedules shows a verdict, given those before it.
pub fn shows(exercise: &Exercise, row: usize, runs: &[Digest], verdict: Verdict) -> bool {
    let Some(last) = runs.last() else {
        return false;
    };
    let always_wrong = runs.iter().any(|run| run.schedule == 0 && is_wrong(run));
    let in_last = last.found.iter().any(|found| {
        let order = found.finding.verdict == Verdict::WrongOrder;
        let meant = if always_wrong && order {
            Verdict::WrongOutput
        } else {
            found.finding.verdict
        };
        meant == verdict
    });
    let args = exercise.rows.get(row).map_or(&[][..], Vec::as_slice);
    in_last
        || requirement::broken(exercise, args, runs, true)
            .iter()
            .any(|broken| broken.found.finding.verdict == verdict)
}

fn is_wrong(run: &Digest) -> bool {
    run.found
        .iter()
        .any(|found| found.finding.verdict == Verdict::WrongOutput)
}

#[cfg(test)]
mod tests {
    use super::super::build::RunBuilder;
    use super::super::{
        digest,
        tests::{ANY, exercise},
    };
    use super::*;
    use crate::course::View;

    fn summary(require: &str, rows: Vec<Vec<RunBuilder>>) -> Summary {
        let exercise = exercise(View::Exact, require);
        let allowed = [vec!["main: a".to_owned()]];
        let row = |runs: Vec<RunBuilder>| {
            let runs = runs.into_iter().enumerate();
            runs.map(|(n, run)| {
                digest(
                    &exercise,
                    Some(&allowed),
                    ANY,
                    &run.schedule(n as u32).run(),
                )
            })
            .collect()
        };
        let rows = rows.into_iter().map(row).collect();
        summarize(&exercise, rows, false)
    }

    fn prints(text: &str) -> RunBuilder {
        RunBuilder::new(2).print(0, text)
    }

    #[test]
    fn all_right_is_passed_with_all_points() {
        let summary = summary("", vec![vec![prints("a"), prints("a")], vec![prints("a")]]);
        assert_eq!(summary.verdict, Verdict::Passed);
        assert_eq!(
            (summary.points, summary.schedules, summary.failed_schedules),
            (4, 3, 0)
        );
        assert_eq!((summary.first, summary.also), (None, vec![]));
    }

    #[test]
    fn wrong_later_is_wrong_order() {
        let summary = summary("", vec![vec![prints("a")], vec![prints("a"), prints("b")]]);
        assert_eq!(summary.verdict, Verdict::WrongOrder);
        assert_eq!(
            (summary.points, summary.schedules, summary.failed_schedules),
            (1, 3, 1)
        );
        let (first, _) = summary.first.expect("a first failure");
        assert_eq!(
            first,
            FirstFailure {
                args: vec!["3".to_owned()],
                schedule: 1
            }
        );
    }

    #[test]
    fn wrong_from_the_start_is_wrong_output_everywhere() {
        let summary = summary("", vec![vec![prints("b"), prints("b"), prints("a")]]);
        assert_eq!(summary.verdict, Verdict::WrongOutput);
        assert_eq!((summary.points, summary.failed_schedules), (0, 2));
        assert_eq!((summary.also, summary.showed), (vec![], None));
    }

    #[test]
    fn a_row_of_its_own_may_be_right_at_first() {
        let rows = vec![
            vec![prints("a"), prints("b")],
            vec![prints("b"), prints("b")],
        ];
        let summary = summary("", rows);
        assert_eq!(summary.verdict, Verdict::WrongOutput);
        assert_eq!(summary.also, [Verdict::WrongOrder]);
        assert_eq!(summary.first.expect("a first failure").0.args, ["3"]);
    }

    #[test]
    fn what_fails_always_with_the_same_arguments_and_never_with_others_is_told_so() {
        let (right, wrong) = (
            || vec![prints("a"), prints("a")],
            || vec![prints("b"), prints("b")],
        );
        let only_these = |rows| summary("", rows).only_these;
        assert!(only_these(vec![right(), wrong(), right()]));
        assert!(!only_these(vec![right(), wrong(), wrong()]), "two rows");
        assert!(!only_these(vec![wrong()]), "there are no others");
        assert!(
            !only_these(vec![right(), vec![prints("b")]]),
            "one schedule"
        );
        assert!(!only_these(vec![right(), vec![prints("a"), prints("b")]]));
        assert!(!only_these(vec![right(), right()]), "nothing is wrong");
    }

    #[test]
    fn the_most_severe_verdict_leads_and_the_others_follow() {
        let deadlock = RunBuilder::new(2).deadlock(vec![], vec![]);
        let runs = vec![prints("a"), prints("a").race(0, 0), deadlock, prints("b")];
        let summary = summary("", vec![runs]);
        assert_eq!(summary.verdict, Verdict::Deadlock);
        assert_eq!(summary.also, [Verdict::DataRace, Verdict::WrongOrder]);
        assert_eq!((summary.showed, summary.failed_schedules), (Some(1), 3));
        assert_eq!(summary.first.expect("a first failure").0.schedule, 2);
        assert_eq!((summary.points, summary.failed_schedules), (1, 3));
    }

    #[test]
    fn what_no_schedule_shows_fails_in_all() {
        let summary = summary(
            "overlap = 2",
            vec![vec![prints("a"), prints("a"), prints("a"), prints("a")]],
        );
        assert_eq!(summary.verdict, Verdict::Requirement);
        assert_eq!((summary.points, summary.failed_schedules), (3, 4));
        assert_eq!(summary.first.expect("a first failure").0.schedule, 1);
    }

    #[test]
    fn what_a_row_shows_is_known_from_its_last_schedule() {
        let exercise = exercise(View::Exact, "overlap = 2");
        let allowed = [vec!["main: a".to_owned()]];
        let shows = |texts: &[&str], verdict| {
            let runs = texts.iter().enumerate().map(|(number, text)| {
                let run = prints(text).schedule(number as u32).run();
                digest(&exercise, Some(&allowed), ANY, &run)
            });
            super::shows(&exercise, 0, &runs.collect::<Vec<_>>(), verdict)
        };
        assert!(shows(&["a", "b"], Verdict::WrongOrder));
        assert!(!shows(&["a", "b", "a"], Verdict::WrongOrder));
        assert!(shows(&["b"], Verdict::WrongOutput));
        assert!(shows(&["b", "b"], Verdict::WrongOutput));
        assert!(!shows(&["b", "b"], Verdict::WrongOrder));
        assert!(!shows(&["a", "a", "a"], Verdict::Requirement));
        assert!(shows(&["a", "a", "a", "a"], Verdict::Requirement));
        assert!(!shows(&[], Verdict::Requirement));
    }

    #[test]
    fn a_check_cut_short_proves_nothing_missing() {
        let todo = || RunBuilder::new(2).panic(1, "not yet implemented");
        let summary = summary("overlap = 2", vec![vec![prints("a"), todo(), todo()]]);
        assert_eq!((summary.verdict, summary.also), (Verdict::Pending, vec![]));
    }
}
