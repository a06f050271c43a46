//! What submissions are worth: points as `grading.toml` makes them, of one try or of several.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::result::{Graded, Marked};
use crate::course::grading::amount::Amount;
use crate::course::grading::moment::Moment;
use crate::course::grading::roster::Learner;
use crate::course::grading::{Policy, Tries};
use crate::facts::RUNGS;
use crate::message::grading as message;

/// What a submission is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Who handed it in, as far as the table of learners tells.
    pub learner: Option<Learner>,
    /// Points for each exercise, in the order of the course; `None` where it does not count.
    pub exercises: Vec<Option<Amount>>,
    /// Points there are for each.
    pub max: Vec<Option<Amount>>,
    /// Points reached.
    pub points: Amount,
    /// Points there are.
    pub max_points: Amount,
    /// What made them fewer, and what nobody knows.
    pub remarks: Vec<String>,
}

/// One time that something was handed in.
pub struct Try {
    /// What it came to.
    pub graded: Graded,
    /// Before the paths of its reports.
    pub place: String,
    /// When, if that is known.
    pub submitted: Option<Moment>,
}

/// What several tries of a learner come to together, and what that is worth.
pub fn mark(policy: &Policy, tries: &[Try], learner: Option<&Learner>) -> (Graded, Mark) {
    let mut together = together(tries);
    let mut mark = Mark {
        learner: learner.cloned(),
        exercises: Vec::new(),
        max: Vec::new(),
        points: Amount::default(),
        max_points: Amount::default(),
        remarks: Vec::new(),
    };
    let mut chosen = Vec::new();
    for (index, marked) in together.results.iter_mut().enumerate() {
        let worth = policy.worth_of(&marked.exercise);
        let (best, points) = choose(policy, tries, index);
        *marked = moved(&tries[best], index);
        let counts = |amount: Amount| worth.counts.then_some(amount);
        mark.exercises.push(counts(points));
        mark.max.push(counts(worth.points));
        if worth.counts && marked.verdict.is_some() {
            chosen.push((best, marked.exercise.clone()));
        }
    }
    together.points = together.results.iter().map(|it| it.points).sum();
    mark.points = mark.exercises.iter().flatten().copied().sum();
    mark.max_points = mark.max.iter().flatten().copied().sum();
    if let Some(total) = policy.total {
        mark.points = mark
            .points
            .scaled(mark.max_points, total)
            .rounded(policy.decimals);
        mark.max_points = total;
    }
    mark.remarks = remarks(policy, tries, &chosen);
    if !policy.learners.is_empty() && learner.is_none() {
        mark.remarks.push(message::not_listed().to_owned());
    }
    (together, mark)
}

/// The try that counts for an exercise, and its points.
fn choose(policy: &Policy, tries: &[Try], index: usize) -> (usize, Amount) {
    let points = |it: &Try| points(policy, it, &it.graded.results[index]);
    let all = tries.iter().enumerate().map(|(at, it)| (at, points(it)));
    let there = |at: &usize| tries[*at].graded.results[index].is_there();
    let last = (0..tries.len()).rev().find(there).unwrap_or(0);
    match policy.tries == Tries::Last {
        true => (last, points(&tries[last])),
        // The first of those that are equally good.
        false => all
            .rev()
            .max_by_key(|(_, points)| *points)
            .unwrap_or_default(),
    }
}

/// The points of an exercise in a try, rounded as they are shown, so that they add up.
fn points(policy: &Policy, of: &Try, marked: &Marked) -> Amount {
    let worth = policy.worth_of(&marked.exercise);
    let reached = worth.points.share(marked.rung.into(), RUNGS.into());
    let late = policy.factor(of.submitted);
    reached.times(late).rounded(policy.decimals)
}

/// The result of an exercise in a try, with the paths of its reports from where all is.
fn moved(of: &Try, index: usize) -> Marked {
    let mut marked = of.graded.results[index].clone();
    for path in [&mut marked.report, &mut marked.page].into_iter().flatten() {
        path.insert_str(0, &of.place);
    }
    marked
}

/// The tries as one submission, whose results are to be chosen.
fn together(tries: &[Try]) -> Graded {
    let mut together = tries[0].graded.clone();
    for more in &tries[1..] {
        let graded = &more.graded;
        together.key.submission += &graded.key.submission;
        together
            .ignored
            .entries
            .extend(graded.ignored.entries.iter().cloned());
        together.ignored.more += graded.ignored.more;
        together
            .environment
            .retried
            .extend(graded.environment.retried.iter().cloned());
    }
    together
}

/// How late the tries were that count; of several, for which exercises.
fn remarks(policy: &Policy, tries: &[Try], chosen: &[(usize, String)]) -> Vec<String> {
    let Some(deadline) = &policy.deadline else {
        return Vec::new();
    };
    let remark = |at: usize| match tries[at].submitted {
        None => Some(message::unknown_time().to_owned()),
        Some(submitted) => {
            let days = deadline.days_late(submitted);
            let left = policy.factor(Some(submitted)).times(Amount::whole(100));
            (days > 0).then(|| message::late(days, &left.shown()))
        }
    };
    let mut by_try: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (at, exercise) in chosen {
        by_try.entry(*at).or_default().push(exercise);
    }
    let several = by_try.len() > 1;
    let told = |(at, exercises): (usize, Vec<&str>)| {
        let remark = remark(at)?;
        Some(match several {
            true => message::of_exercises(&exercises, &remark),
            false => remark,
        })
    };
    by_try.into_iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::super::result::tests::graded;
    use super::*;
    use crate::course::grading::tests::{of, policy};
    use crate::facts::Verdict;

    fn try_of(name: &str, rung: u32, hours_late: i64) -> Try {
        let mut graded = graded(name, Some(Verdict::Passed), "", None);
        graded.results[0].rung = rung;
        graded.results[0].report = Some("reports/a.txt".to_owned());
        Try {
            graded,
            place: format!("tries/{rung}/"),
            submitted: Some(Moment(hours_late * 3600)),
        }
    }

    fn due(more: &str) -> Policy {
        policy(&format!(
            "{more}\n[deadline]\nat = 1970-01-01T00:00:00Z\nper_day = \"30%\"\n"
        ))
    }

    #[test]
    fn points_are_fractions_and_less_each_day() {
        let (_, mark) = mark(&due(""), &[try_of("a", 3, 25)], None);
        // Three of four rungs of five points, two days late.
        assert_eq!(mark.points, of(1.5));
        assert_eq!(mark.max_points, of(5.0));
        assert_eq!(mark.remarks, ["2 days late: 40% of the points count"]);
    }

    #[test]
    fn the_best_try_after_what_lateness_costs_counts_or_the_last() {
        let tries = || [try_of("a", 2, -1), try_of("a", 3, 25)];
        let (best, points) = mark(&due(""), &tries(), None);
        assert_eq!(points.points, of(2.5));
        assert_eq!(
            best.results[0].report.as_deref(),
            Some("tries/2/reports/a.txt")
        );
        let (last, points) = mark(&due("tries = \"last\""), &tries(), None);
        assert_eq!(points.points, of(1.5));
        assert_eq!(last.results[0].rung, 3);
    }

    #[test]
    fn a_total_scales_what_is_reached() {
        let policy = policy("total = 10\nexercises = [\"05_lock/1_two_lines\"]\n");
        let (_, mark) = mark(&policy, &[try_of("a", 1, 0)], None);
        assert_eq!((mark.points, mark.max_points), (of(2.5), of(10.0)));
    }

    #[test]
    fn who_does_not_know_when_something_was_handed_in_takes_nothing_away() {
        let mut unknown = try_of("a", 4, 0);
        unknown.submitted = None;
        let (_, mark) = mark(&due(""), &[unknown], None);
        assert_eq!(mark.points, of(5.0));
        assert!(mark.remarks[0].contains("nobody knows"));
    }
}
