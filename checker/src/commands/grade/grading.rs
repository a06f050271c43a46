//! One submission from its files to its result.

use std::borrow::Cow;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use sched_model::Strategy;
use sched_model::limits::CPU_PER_CHECK;

use super::answers;
use super::class::{Submission, file_name};
use super::result::{self, Environment, Graded, Key, Marked, Took, VERSION};
use crate::check::{self, CheckOptions, Subject};
use crate::commands::check::{not_judged, source, told};
use crate::course::Exercise;
use crate::course::submission::{self, Handed, Intake, Wanted};
use crate::course::workspace::Workspace;
use crate::explain::timeline;
use crate::facts::fact::{Ended, Fact};
use crate::facts::{Outcome, Verdict};
use crate::message;
use crate::options::{GradeOptions, Target};
use crate::report::json::{self, TOOL};
use crate::report::page;
use crate::support::interrupt;
use crate::support::write;

/// How a class is graded.
pub struct Grading<'a> {
    /// The course.
    pub workspace: &'a Workspace,
    /// What was asked for.
    pub options: &'a GradeOptions<'a>,
    /// A hash of the course.
    pub course: String,
}

/// What became of a submission.
pub enum Done {
    /// It has a result from an earlier run.
    Already,
    /// It was graded, and its result written.
    Now,
    /// A signal asked `course` to stop: nothing was written.
    Interrupted,
}

impl<'a> Grading<'a> {
    /// How a class is graded whose course is as it is now.
    ///
    /// # Errors
    ///
    /// When the course cannot be read.
    pub fn new(workspace: &'a Workspace, options: &'a GradeOptions<'a>) -> anyhow::Result<Self> {
        Ok(Grading {
            workspace,
            options,
            course: hash_of_course(workspace, options)?,
        })
    }

    /// Grades a submission, unless that was done already.
    ///
    /// # Errors
    ///
    /// When its result or its reports cannot be written.
    pub fn grade(&self, submission: &Submission) -> anyhow::Result<Done> {
        let ids: Vec<&str> = self
            .options
            .exercises
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        let course = self.workspace.ids();
        let wanted = Wanted {
            exercises: &ids,
            course: &course,
        };
        let Intake { handed, ignored } = submission::read(&submission.paths, wanted);
        let key = Key {
            submission: result::hash(ids.iter().copied().zip(&handed)),
            ..self.key()
        };
        if self.options.answers {
            answers::write(self.options, submission, &handed)?;
        }
        let out = &self.out(submission);
        if let Some(mut graded) = result::read(out, &submission.name)
            && graded.key == key
            && graded.tool == TOOL
            && !graded.again()
        {
            if graded.ignored == ignored {
                return Ok(Done::Already);
            }
            graded.ignored = ignored;
            graded.write(out)?;
            return Ok(Done::Now);
        }
        self.grade_anew(submission, key, Intake { handed, ignored })
    }

    /// The folder for its results.
    pub fn out(&self, submission: &Submission) -> PathBuf {
        self.options.out.join(&submission.place)
    }

    /// What every result depends on, whatever was handed in.
    pub fn key(&self) -> Key {
        Key {
            submission: String::new(),
            course: self.course.clone(),
            seed: self.options.seed,
            schedules: self.options.schedules,
            pages: self.options.pages,
            hints: self.options.hints(),
        }
    }

    /// Grades a submission of which there is no result that still holds.
    fn grade_anew(
        &self,
        submission: &Submission,
        key: Key,
        intake: Intake,
    ) -> anyhow::Result<Done> {
        let out = &self.out(submission);
        let reports = reports(&submission.name);
        remove_old(out, &submission.name)?;
        let mut environment = Environment {
            sandbox: Some(layers()),
            ..Environment::default()
        };
        let mut results = Vec::new();
        for (exercise, handed) in self.options.exercises.iter().zip(intake.handed) {
            let (mut took, began) = (Took::default(), Instant::now());
            let retried = &mut environment.retried;
            let marked = self.mark(exercise, handed, (out, &reports), &mut took, retried)?;
            if interrupt::requested() {
                return Ok(Done::Interrupted);
            }
            took.milliseconds = milliseconds(began.elapsed());
            environment.took.insert(exercise.id.clone(), took);
            results.push(marked);
        }
        let graded = Graded {
            version: VERSION,
            tool: TOOL.to_owned(),
            name: submission.name.clone(),
            key,
            points: results.iter().map(|it| it.points).sum(),
            max_points: results.iter().map(|it| it.max_points).sum(),
            results,
            ignored: intake.ignored,
            environment,
        };
        graded.write(out)?;
        Ok(Done::Now)
    }

    fn mark(
        &self,
        exercise: &Exercise,
        handed: Handed,
        reports: (&Path, &str),
        took: &mut Took,
        retried: &mut Vec<String>,
    ) -> anyhow::Result<Marked> {
        let (path, bytes) = match handed {
            Handed::File { path, bytes } => (path, bytes),
            Handed::Refused(reason) => return Ok(unmarked(exercise, reason)),
            Handed::Missing => {
                let reason = message::grade::not_handed_in().to_owned();
                return Ok(unmarked(exercise, reason));
            }
        };
        let target = self.target(exercise, bytes);
        let mut outcome = self.check(&target);
        // What took long would take as long again; the next call tries it.
        let quick = outcome.timings.started.cpu < CPU_PER_CHECK / 2;
        let mut settled = false;
        if again(&outcome) && quick && !interrupt::requested() {
            retried.push(exercise.id.clone());
            let before = outcome;
            outcome = self.check(&target);
            settled = is_same(&before, &outcome);
        }
        if !self.options.hints() {
            (outcome.hint, outcome.hints) = (None, 0);
        }
        took.compiling = milliseconds(outcome.timings.compile);
        took.started = outcome.timings.started;
        let mut marked = marked(exercise, &outcome, path);
        marked.again &= !settled;
        if outcome.verdict != Verdict::Passed && !interrupt::requested() {
            self.report(&target, &outcome, reports, &mut marked)?;
        }
        Ok(marked)
    }

    /// How an exercise is checked: on one core, since other submissions use the other cores.
    fn target<'e>(&self, exercise: &'e Exercise, bytes: Arc<[u8]>) -> Target<'e> {
        Target {
            exercise: Cow::Borrowed(exercise),
            options: CheckOptions {
                schedules: self.options.schedules,
                seed: self.options.seed,
                jobs: 1,
                exhaustive: None,
                subject: Subject::handed_in(self.workspace, exercise, Ok(bytes)),
            },
        }
    }

    /// Checks; whatever goes wrong in that is the tool's fault.
    fn check(&self, target: &Target) -> Outcome {
        let check = || {
            check::check(
                self.workspace,
                &target.exercise,
                &target.options,
                &|_, _| {},
            )
        };
        let checked = catch_unwind(AssertUnwindSafe(check));
        let checked = checked.unwrap_or_else(|_| Err(anyhow!(message::grade::panicked())));
        checked.unwrap_or_else(|error| not_judged(self.workspace, target, &error))
    }

    /// Writes the report, and the page of the failing schedule if there is one.
    fn report(
        &self,
        target: &Target,
        outcome: &Outcome,
        (out, reports): (&Path, &str),
        marked: &mut Marked,
    ) -> anyhow::Result<()> {
        let name = format!("{reports}/{}", target.exercise.bin_name());
        result::make(&out.join(reports))?;
        let text = told(self.workspace, target, outcome);
        let text = anstream::adapter::strip_str(&text).to_string();
        marked.report = Some(format!("{name}.txt"));
        write::one_of_many(&out.join(format!("{name}.txt")), text)?;
        if let Some(html) = self.page(target, outcome)? {
            marked.page = Some(format!("{name}.html"));
            write::one_of_many(&out.join(format!("{name}.html")), html)?;
        }
        Ok(())
    }

    /// The page that `course replay --html` would write.
    fn page(&self, target: &Target, outcome: &Outcome) -> anyhow::Result<Option<String>> {
        let exercise = &target.exercise;
        let shown = outcome
            .counterexample
            .as_ref()
            .filter(|_| self.options.pages);
        let (Some(shown), Some(first)) = (shown, &outcome.first_failure) else {
            return Ok(None);
        };
        let run = &shown.failing.run;
        let row = exercise.rows.iter().position(|row| *row == first.args);
        let row = row.filter(|_| exercise.rows.len() > 1);
        let (strategy, _) = Strategy::of(row, first.schedule);
        let title = (exercise.id.as_str(), first.args.as_slice());
        let title = message::steps::replay_title(title, run, strategy, self.options.seed);
        let smaller = run.strategy == Strategy::Deviations;
        let notes =
            smaller.then(|| message::steps::shown_smaller((shown.switches, shown.switches_before)));
        let file = target.file(self.workspace);
        let html = page::html(&page::Subject {
            title: title.trim_end(),
            notes: notes.as_slice(),
            run,
            timeline: &timeline::timeline(run),
            found: std::slice::from_ref(&shown.failing.found),
            decides: shown.table.as_ref().and_then(|table| table.decides),
            passing: shown.passing.as_ref(),
            file: &file,
            source: source(self.workspace, target, &file).as_deref(),
        })?;
        Ok(Some(html))
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Whether it must be tried again: the checker could not tell.
fn again(outcome: &Outcome) -> bool {
    outcome.verdict == Verdict::Inconclusive
}

/// Whether two checks were given up for the same reason in runs of the program: then the program
/// brings that about, and the next check would come to the same.
fn is_same(one: &Outcome, other: &Outcome) -> bool {
    let fact = |it: &Outcome| it.finding.as_ref().map(|finding| finding.fact.clone());
    match (fact(one), fact(other)) {
        (Some(Fact::Ended(Ended::GaveUp(one))), Some(Fact::Ended(Ended::GaveUp(other)))) => {
            one == other
        }
        (Some(Fact::NotReproduced(_)), Some(Fact::NotReproduced(_))) => true,
        _ => false,
    }
}

/// What an exercise came to; `path`: where it was in the submission.
fn marked(exercise: &Exercise, outcome: &Outcome, path: String) -> Marked {
    Marked {
        verdict: Some(outcome.verdict),
        cause: outcome.cause,
        points: outcome.points,
        rung: outcome.rung,
        message: json::message(outcome),
        at: outcome.finding.as_ref().and_then(|it| it.at.clone()),
        schedules: outcome.schedules,
        failed_schedules: outcome.failed_schedules,
        first_failure: outcome.first_failure.clone(),
        file: Some(path),
        again: again(outcome),
        ..unmarked(exercise, String::new())
    }
}

/// An exercise without a verdict.
pub fn unmarked(exercise: &Exercise, reason: String) -> Marked {
    Marked {
        exercise: exercise.id.clone(),
        title: exercise.title.clone(),
        verdict: None,
        cause: None,
        points: 0,
        rung: 0,
        max_points: exercise.points,
        message: reason,
        at: None,
        schedules: 0,
        failed_schedules: 0,
        first_failure: None,
        file: None,
        report: None,
        page: None,
        again: false,
    }
}

/// Where the reports of a learner are, from the folder of all results.
fn reports(name: &str) -> String {
    format!("reports/{}", file_name(name))
}

/// Removes what an earlier run said of a learner.
///
/// # Errors
///
/// When that is not possible.
pub fn remove_old(out: &Path, name: &str) -> anyhow::Result<()> {
    // A result without its reports would be incomplete, so the result is removed first.
    result::remove(&result::path(out, name))?;
    result::remove(&out.join(reports(name)))
}

/// The layers that contain the programs.
fn layers() -> Vec<String> {
    let active = crate::program::sandbox::told().active;
    active.into_iter().map(str::to_owned).collect()
}

/// A hash of everything that the course adds to a submission: descriptions, given parts,
/// transcripts.
fn hash_of_course(workspace: &Workspace, options: &GradeOptions) -> anyhow::Result<String> {
    let mut hash = result::Hash::default();
    let mut add = |path: &Path| -> anyhow::Result<()> {
        let bytes = fs::read(path);
        hash.add(&bytes.with_context(|| message::grade::not_read(path))?);
        Ok(())
    };
    add(&workspace.root.join("exercises/course.toml"))?;
    for exercise in &options.exercises {
        add(&workspace.given_file(exercise))?;
        for row in &exercise.rows {
            add(&workspace.snapshot_file(exercise, row))?;
        }
    }
    for exercise in &options.exercises {
        hash.add(exercise.id.as_bytes());
    }
    Ok(hash.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Finding;

    #[test]
    fn what_runs_come_to_twice_is_the_programs_doing() {
        let of = |fact: Fact| Outcome {
            finding: Some(Finding {
                fact,
                ..Finding::told(Verdict::Inconclusive, String::new(), None)
            }),
            ..Outcome::blank("05_lock/1_two_lines", "T", PathBuf::new(), 4)
        };
        let gave_up = |why: &str| of(Fact::Ended(Ended::GaveUp(why.to_owned())));
        assert!(is_same(
            &gave_up("blocked in read"),
            &gave_up("blocked in read")
        ));
        assert!(!is_same(
            &gave_up("blocked in read"),
            &gave_up("a process was stopped")
        ));
        assert!(is_same(
            &of(Fact::NotReproduced(3)),
            &of(Fact::NotReproduced(8))
        ));
        assert!(!is_same(
            &of(Fact::NotReproduced(3)),
            &gave_up("blocked in read")
        ));
        // The tool itself failed: no disk, no compiler.
        let failed = || of(Fact::Told("no space left on device".to_owned()));
        assert!(!is_same(&failed(), &failed()));
    }
}
