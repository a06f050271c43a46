//! Runs all answers that an exercise is proved with: the stub, the solution, wrong answers and
//! right ones.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use anstream::adapter::strip_str;
use anyhow::Context;

use crate::check::{self, Built, CheckOptions, Subject};
use crate::commands::author::answers::Answer;
use crate::commands::check::told;
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::explore::cores;
use crate::facts::{Outcome, Verdict};
use crate::message::{author as message, file};
use crate::options::{AuthorCheckOptions, Target};
use crate::program::provide;
use crate::support::interrupt;
use crate::support::progress;
use crate::support::write;

/// The number of schedules within which every seed must find a wrong answer: that of a check.
pub const WITHIN: u32 = crate::check::DEFAULT_SCHEDULES;
/// The most schedules to the first failure, in the median of the seeds.
const MEDIAN: u32 = 15;

/// What the check of one program came to.
pub struct Proof {
    /// What does not hold.
    pub faults: Vec<String>,
    /// What a wrong answer's check showed.
    pub detection: Option<Detection>,
}

/// How well a wrong answer is found.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// Schedules run; fewer than asked for where each costs much.
    pub schedules: u32,
    /// How many of them failed.
    pub failed: u32,
    /// For each seed that was tried, the schedules to the first failure; `None` where it was not
    /// found.
    pub first: Vec<Option<u32>>,
    /// How many seeds were to be tried.
    pub seeds: usize,
}

impl Detection {
    /// The median of the schedules to the first failure, the greater of the two middle ones; `None`
    /// if that seed did not find it.
    pub fn median(&self) -> Option<u32> {
        let mut first = self.first.clone();
        first.sort_by_key(|it| it.unwrap_or(u32::MAX));
        first.get(first.len() / 2).copied().flatten()
    }

    /// The most schedules to the first failure, of the seeds that found it.
    pub fn worst(&self) -> Option<u32> {
        self.first.iter().copied().flatten().max()
    }

    /// How many seeds did not find it.
    pub fn missed(&self) -> usize {
        self.first.iter().filter(|first| first.is_none()).count()
    }

    fn faults(&self, file: &str) -> Vec<String> {
        let late = self.median().filter(|&median| median > MEDIAN);
        let late = late.map(|median| message::late(file, median, MEDIAN));
        let (missed, seeds) = (self.missed(), self.first.len());
        let missed = (missed > 0).then(|| message::missed(file, missed, seeds, WITHIN));
        let costly = (seeds < self.seeds).then(|| message::costly(file, seeds, self.seeds));
        late.into_iter().chain(missed).chain(costly).collect()
    }
}

/// Checks each program against what it must come to, side by side; fewer if `course` is interrupted.
///
/// # Errors
///
/// When the libraries cannot be built. What else fails is a fault of its answer.
pub fn prove_all(
    workspace: &Workspace,
    exercise: &Exercise,
    answers: Vec<Answer>,
    options: &AuthorCheckOptions,
) -> anyhow::Result<Vec<(Answer, Proof)>> {
    // Once, before all threads would do it.
    provide::find(workspace)?;
    let done = AtomicU32::new(0);
    let total = u32::try_from(answers.len()).unwrap_or(u32::MAX);
    let proofs = progress::during(&exercise.id, true, |progress| {
        cores::map(options.jobs, answers.len(), drop, |(), number| {
            if interrupt::requested() {
                return Ok(None);
            }
            let proof = prove(workspace, exercise, &answers[number], options);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Ok(Some(proof))
        })
    })?;
    Ok(answers.into_iter().zip(proofs).collect())
}

/// Checks one program against what it must come to.
fn prove(
    workspace: &Workspace,
    exercise: &Exercise,
    answer: &Answer,
    options: &AuthorCheckOptions,
) -> Proof {
    let result = try_to_prove(workspace, exercise, answer, options);
    result.unwrap_or_else(|error| Proof {
        faults: vec![message::not_checked(&answer.shown, &error)],
        detection: None,
    })
}

fn try_to_prove(
    workspace: &Workspace,
    exercise: &Exercise,
    answer: &Answer,
    options: &AuthorCheckOptions,
) -> anyhow::Result<Proof> {
    let subject = Subject::other(workspace, exercise, answer.path.clone());
    let search = |schedules| CheckOptions {
        schedules,
        seed: 0,
        // Other answers use the other cores.
        jobs: 1,
        exhaustive: None,
        subject: subject.clone(),
    };
    let usual = search(options.schedules);
    let outcome = check::check(workspace, exercise, &usual, &|_, _| {})?;
    let to_be_read = options.reports.as_deref();
    if let Some(folder) = to_be_read.filter(|_| answer.expected.is_wrong()) {
        let exercise = Cow::Borrowed(exercise);
        let options = usual;
        let target = Target { exercise, options };
        write_report(folder, &answer.name, workspace, &target, &outcome)?;
    }
    let mut faults = judge(&exercise.id, answer, &outcome, options.schedules);
    // What it does not get in one check, no other seed has to be asked for.
    if !answer.expected.is_wrong() || outcome.verdict != answer.expected.verdict {
        return Ok(Proof {
            faults,
            detection: None,
        });
    }
    let (seeds, verdict) = (0..options.seeds, answer.expected.verdict);
    let search = &search(WITHIN);
    let detection = match check::build(workspace, exercise, &subject)? {
        Built::Program(program) => Some(Detection {
            schedules: outcome.schedules,
            failed: outcome.failed_schedules,
            first: check::first_seen(workspace, exercise, search, &program, seeds, verdict)?,
            seeds: usize::try_from(options.seeds)?,
        }),
        Built::Failed(..) => None,
    };
    faults.extend(detection.iter().flat_map(|it| it.faults(&answer.shown)));
    Ok(Proof { faults, detection })
}

/// Writes what `course check --file` would print, as `05_lock/1_two_lines/no_lock.txt`.
fn write_report(
    folder: &Path,
    name: &str,
    workspace: &Workspace,
    target: &Target,
    outcome: &Outcome,
) -> anyhow::Result<()> {
    let folder = folder.join(&target.exercise.id);
    fs::create_dir_all(&folder).with_context(|| file::not_written(&folder))?;
    let text = strip_str(&told(workspace, target, outcome)).to_string();
    write::one_of_many(&folder.join(format!("{name}.txt")), text)
}

/// What of an outcome is not as declared.
fn judge(id: &str, answer: &Answer, outcome: &Outcome, schedules: u32) -> Vec<String> {
    let expected = &answer.expected;
    let (verdict, cause) = (expected.verdict, expected.cause);
    if outcome.verdict != verdict || outcome.cause != cause {
        let expected = message::verdict_and_cause(verdict, cause);
        return vec![message::another_outcome(
            id,
            &answer.shown,
            &expected,
            outcome,
        )];
    }
    let right = verdict == Verdict::Passed;
    // A program that does not compile has no schedules.
    let failed = outcome.failed_schedules > 0 || outcome.schedules == 0;
    let full = outcome.points == outcome.max_points;
    let mut faults = Vec::new();
    if right == failed || right != full || (right && !outcome.also.is_empty()) {
        faults.push(message::alarm(id, &answer.shown, outcome));
    }
    if right && outcome.schedules != schedules {
        faults.push(message::cut_short(
            &answer.shown,
            outcome.schedules,
            schedules,
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::commands::author::answers::Expected;
    use crate::facts::Cause;
    use crate::report::text::tests::{failed, passed};

    fn answer(verdict: Verdict) -> Answer {
        Answer {
            path: PathBuf::new(),
            shown: "a.rs".to_owned(),
            name: "a".to_owned(),
            expected: Expected::just(verdict),
        }
    }

    #[test]
    fn the_median_is_the_greater_of_two_and_what_is_not_found_comes_last() {
        let of = |first: &[u32]| {
            let first: Vec<_> = first.iter().map(|&it| (it > 0).then_some(it)).collect();
            let detection = Detection {
                schedules: 1000,
                failed: 1,
                seeds: first.len(),
                first,
            };
            let faults = detection.faults("a.rs").len();
            (detection.median(), detection.worst(), faults)
        };
        assert_eq!(of(&[3, 1, 2]), (Some(2), Some(3), 0));
        assert_eq!(of(&[15, 1, 90, 2]), (Some(15), Some(90), 0));
        assert_eq!(of(&[16, 1, 90, 2]), (Some(16), Some(90), 1));
        assert_eq!(of(&[0, 1, 2]), (Some(2), Some(2), 1));
        assert_eq!(of(&[0, 0, 2]), (None, Some(2), 1));
    }

    #[test]
    fn an_outcome_must_be_the_declared_one_with_its_cause() {
        let outcome = failed(Verdict::WrongOrder);
        let told = judge("x", &answer(Verdict::WrongOrder), &outcome, 200);
        assert_eq!(told, Vec::<String>::new());
        let told = judge("x", &answer(Verdict::Deadlock), &outcome, 200);
        assert!(told[0].contains("should be deadlock, but is wrong_order"));
        let mut caused = outcome;
        caused.cause = Some(Cause::Unjoined);
        let told = judge("x", &answer(Verdict::WrongOrder), &caused, 200);
        assert!(told[0].contains("cause: unjoined"), "{told:?}");
    }

    #[test]
    fn a_right_answer_passes_in_every_schedule_that_was_asked_for() {
        let right = answer(Verdict::Passed);
        assert_eq!(judge("x", &right, &passed(), 200), Vec::<String>::new());
        assert_eq!(judge("x", &right, &passed(), 400).len(), 1);
        let mut doubtful = passed();
        doubtful.also = vec![Verdict::Inconclusive];
        assert_eq!(judge("x", &right, &doubtful, 200).len(), 1);
    }
}
