//! Whose each submission is, and which of the learner's tries.

use std::collections::BTreeMap;

use super::class::Submission;
use crate::course::grading::Policy;
use crate::course::grading::moment;
use crate::course::grading::roster::{self, Learner};
use crate::message::grading as message;
use crate::support::exit_code::UsageError;

/// What one learner handed in: in which round, and what.
type Rounds<'p> = (Option<&'p Learner>, Vec<(usize, Submission)>);

/// The submissions of all rounds by learner, each with its try; also of learners who handed in
/// nothing, if there is a table of all.
///
/// # Errors
///
/// A [`UsageError`] if one may be that of several learners.
pub fn assign(
    rounds: Vec<Vec<Submission>>,
    policy: Option<&Policy>,
) -> Result<Vec<Submission>, UsageError> {
    let learners = policy.map_or(&[][..], |it| &it.learners);
    let mut all: BTreeMap<String, Rounds> = BTreeMap::new();
    let there = learners
        .iter()
        .map(|it| (it.called().to_owned(), (Some(it), Vec::new())));
    all.extend(there);
    let several = rounds.len() > 1;
    for (round, submissions) in rounds.into_iter().enumerate() {
        for submission in submissions {
            let name = &submission.name;
            let learner = roster::whose(learners, name)
                .map_err(|several| UsageError(message::several_learners(name, &several)))?;
            let key = learner
                .map_or_else(|| without_time(name), Learner::called)
                .to_owned();
            let known = all.entry(key).or_insert((learner, Vec::new()));
            known.1.push((round, submission));
        }
    }
    let all = all
        .into_iter()
        .map(|(key, (learner, rounds))| tries(key, learner, rounds, policy));
    let mut all: Vec<Submission> = all.flatten().collect();
    if several || all.iter().any(|it| it.attempt > 0) {
        for submission in &mut all {
            submission.place = format!("tries/{}/", submission.attempt + 1);
        }
    }
    all.sort_by(|a, b| (&a.name, a.attempt).cmp(&(&b.name, b.attempt)));
    Ok(all)
}

/// The name without the time of a try, which Blackboard writes behind it.
fn without_time(name: &str) -> &str {
    match moment::of_name(name, 0) {
        Some(_) => name.rsplit_once("_attempt_").map_or(name, |(who, _)| who),
        None => name,
    }
}

/// The tries of a learner, in order.
fn tries(
    key: String,
    learner: Option<&Learner>,
    mut rounds: Vec<(usize, Submission)>,
    policy: Option<&Policy>,
) -> Vec<Submission> {
    // The times in the names are in their order.
    rounds.sort_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
    let name = rounds
        .first()
        .map_or(key, |(_, it)| without_time(&it.name).to_owned());
    let mut tries: Vec<(usize, bool, Submission)> = Vec::new();
    for (round, submission) in rounds {
        let timed = moment::of_name(&submission.name, 0).is_some();
        match tries.last_mut() {
            // Several files that the table says are of one learner.
            Some((same, false, before)) if *same == round && !timed => {
                before.paths.extend(submission.paths);
            }
            _ => tries.push((round, timed, submission)),
        }
    }
    if tries.is_empty() {
        tries.push((0, false, Submission::new(name.clone(), Vec::new())));
    }
    let mut next = 0;
    let numbered = tries.into_iter().map(|(round, _, mut submission)| {
        let attempt = next.max(round);
        next = attempt + 1;
        let submitted = policy.and_then(|it| it.submitted(learner, attempt, &submission.name));
        submission.attempt = attempt;
        submission.submitted = submitted;
        submission.learner = learner.cloned();
        submission.name.clone_from(&name);
        submission
    });
    numbered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed(names: &[&str]) -> Vec<Submission> {
        let of = |name: &&str| Submission::new((*name).to_owned(), vec![(*name).into()]);
        names.iter().map(of).collect()
    }

    fn policy(table: &str) -> Policy {
        Policy {
            learners: roster::read(table, "learners.csv", 0).expect("a table"),
            ..crate::course::grading::tests::policy("")
        }
    }

    fn told(all: &[Submission]) -> Vec<(&str, usize, usize, &str)> {
        let all = all.iter();
        let told = |it: &'_ Submission| (it.attempt, it.paths.len());
        all.map(|it| (it.name.as_str(), told(it).0, told(it).1, it.place.as_str()))
            .collect()
    }

    #[test]
    fn each_round_is_a_try_of_who_handed_in() {
        let all = assign(
            vec![handed(&["ada", "ben"]), handed(&["ada", "cleo"])],
            None,
        );
        let all = all.expect("clear");
        assert_eq!(
            told(&all),
            [
                ("ada", 0, 1, "tries/1/"),
                ("ada", 1, 1, "tries/2/"),
                ("ben", 0, 1, "tries/1/"),
                ("cleo", 1, 1, "tries/2/"),
            ]
        );
        let one = assign(vec![handed(&["ada"])], None).expect("clear");
        assert_eq!(told(&one), [("ada", 0, 1, "")]);
    }

    #[test]
    fn attempts_that_blackboard_names_are_tries_in_their_order() {
        let names = [
            "S 5_ada_attempt_2026-05-02-10-00-00",
            "S 5_ada_attempt_2026-05-01-10-00-00",
        ];
        let policy = policy("username\nada\n");
        let all = assign(vec![handed(&names)], Some(&policy)).expect("clear");
        assert_eq!(
            told(&all),
            [("S 5_ada", 0, 1, "tries/1/"), ("S 5_ada", 1, 1, "tries/2/")]
        );
        assert!(all[0].submitted < all[1].submitted && all[0].submitted.is_some());
    }

    #[test]
    fn who_is_in_the_table_is_in_the_class_and_files_of_one_are_together() {
        let policy = policy("name,username,id\nAda L,adal,12\nBen B,benb,13\n");
        let names = ["lada_12", "lada_12_99_more", "somebody"];
        let all = assign(vec![handed(&names)], Some(&policy)).expect("clear");
        assert_eq!(
            told(&all),
            [
                ("benb", 0, 0, ""),
                ("lada_12", 0, 2, ""),
                ("somebody", 0, 1, "")
            ]
        );
        assert_eq!(all[1].learner.as_ref().map(|it| &*it.name), Some("Ada L"));
        let error = assign(vec![handed(&["12_13"])], Some(&policy)).expect_err("of both");
        assert!(error.0.contains("adal, benb"), "{}", error.0);
    }
}
