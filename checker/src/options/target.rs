//! An exercise or a program, and how it is to be checked.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{allowed_cores, first_row};
use crate::check::{CheckOptions, DEFAULT_PREEMPTIONS, DEFAULT_SCHEDULES, Expected, Kind, Subject};
use crate::cli::check::SearchArgs;
use crate::course::Exercise;
use crate::course::select::Choice;
use crate::course::workspace::{Workspace, path_from};
use crate::facts::Edition;
use crate::message;
use crate::report::again::Again;
use crate::support::exit_code::UsageError;

/// The most schedules that `--exhaustive` runs by default: some seconds' worth.
const MOST_SCHEDULES: u32 = 20_000;

/// An exercise, and how it is to be checked.
#[derive(Clone, PartialEq)]
pub struct Target<'w> {
    /// The exercise, or the one as which a program of one's own is checked.
    pub exercise: Cow<'w, Exercise>,
    /// How.
    pub options: CheckOptions,
}

impl Target<'_> {
    /// The command line that does the same again, and shows what was found; `exhaustive`: by all
    /// schedules with up to so many preemptions.
    pub fn again(&self, workspace: &Workspace, exhaustive: Option<u32>) -> Again {
        let exercise = &self.exercise;
        let subject = &self.options.subject;
        let program = subject.is_program();
        Again {
            exercise: match program {
                true => from_here(&subject.text.file),
                false => exercise.id.clone(),
            },
            file: self.file(workspace),
            row: if program {
                exercise.rows.concat()
            } else {
                Vec::new()
            },
            first_row: if program {
                Vec::new()
            } else {
                first_row(exercise)
            },
            seed: self.options.seed,
            schedules: Some(self.options.schedules)
                .filter(|it| *it != default_schedules(exhaustive.is_some())),
            flags: self.flags(exhaustive),
            hints: subject.is_learners(),
        }
    }

    /// The options by which it differs from a plain check.
    fn flags(&self, exhaustive: Option<u32>) -> Vec<String> {
        let mut flags = Vec::new();
        if let Some(preemptions) = exhaustive {
            flags.push("--exhaustive".to_owned());
            if preemptions != DEFAULT_PREEMPTIONS {
                flags.extend(["--preemptions".to_owned(), preemptions.to_string()]);
            }
        }
        let mut flag = |name: &str, value: String| flags.extend([name.to_owned(), value]);
        match &self.options.subject.kind {
            Kind::Program(expected, edition) => {
                if *edition != Edition::default() {
                    flag("--edition", edition.year().to_owned());
                }
                if let Some(delay) = self.exercise.max_delay {
                    flag("--max-delay", duration(delay));
                }
                match expected {
                    Expected::File(file) => flag("--expect", from_here(file)),
                    Expected::Same => flags.push("--same-output".to_owned()),
                    Expected::Open => {}
                }
            }
            Kind::Other => flag("--file", from_here(&self.options.subject.text.file)),
            Kind::Solution => flags.push("--solutions".to_owned()),
            Kind::Learner | Kind::HandedIn => {}
        }
        flags
    }

    /// The file that is checked, as reports name it.
    pub fn file(&self, workspace: &Workspace) -> String {
        workspace.relative(&self.options.subject.text.file)
    }
}

/// The chosen exercise with how it is to be checked.
pub fn target<'w>(
    choice: Choice,
    search: &SearchArgs,
    jobs: Option<u16>,
    workspace: &'w Workspace,
) -> Result<Target<'w>, UsageError> {
    let exercise = &workspace.course.exercises[choice.index];
    for (option, typed) in [
        ("--max-delay", search.max_delay.is_some()),
        ("--expect", search.expect.is_some()),
        ("--same-output", search.same_output),
        ("--edition", search.edition.is_some()),
    ] {
        if typed {
            return Err(UsageError(message::program::only_for_programs(
                option,
                &exercise.id,
            )));
        }
    }
    let subject = match &search.file {
        Some(file) => Subject::other(workspace, exercise, existing(file)?),
        None if search.solutions || choice.solution => {
            if workspace.is_without_solution(exercise) {
                let message = message::learner::no_solution(&exercise.id);
                return Err(UsageError(message));
            }
            Subject::solution(workspace, exercise)
        }
        None => Subject::learner(workspace, exercise),
    };
    Ok(Target {
        exercise: Cow::Borrowed(exercise),
        options: options(search, jobs, subject),
    })
}

/// A program that is no exercise, with how it is to be checked.
pub fn program<'w>(
    file: PathBuf,
    row: Vec<String>,
    search: &SearchArgs,
    jobs: Option<u16>,
    workspace: &Workspace,
) -> Result<Target<'w>, UsageError> {
    let expected = search.expect.as_deref().map(existing).transpose()?;
    let id = workspace.relative(&file);
    let exercise = Exercise::of_program(id, row, search.max_delay, expected.is_some());
    let edition = search.edition.unwrap_or_default();
    let expected = match (expected, search.same_output) {
        (Some(file), _) => Expected::File(file),
        (None, true) => Expected::Same,
        (None, false) => Expected::Open,
    };
    Ok(Target {
        exercise: Cow::Owned(exercise),
        options: options(search, jobs, Subject::program(file, expected, edition)),
    })
}

fn options(search: &SearchArgs, jobs: Option<u16>, subject: Subject) -> CheckOptions {
    CheckOptions {
        schedules: search
            .schedules
            .unwrap_or(default_schedules(search.exhaustive)),
        seed: search.seed,
        jobs: jobs.map_or_else(allowed_cores, usize::from),
        exhaustive: search
            .exhaustive
            .then(|| search.preemptions.unwrap_or(DEFAULT_PREEMPTIONS)),
        subject,
    }
}

fn default_schedules(exhaustive: bool) -> u32 {
    if exhaustive {
        MOST_SCHEDULES
    } else {
        DEFAULT_SCHEDULES
    }
}

/// The full path of a file that must be there.
fn existing(file: &Path) -> Result<PathBuf, UsageError> {
    match std::path::absolute(file) {
        Ok(path) if path.is_file() => Ok(path),
        _ => Err(UsageError(message::typed::no_such_file(file))),
    }
}

/// A full path as it is shortest to type: below the current folder without that folder.
fn from_here(file: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path_from(&here, file)
}

/// A duration as it is typed.
fn duration(time: Duration) -> String {
    format!("{}ms", time.as_secs_f64() * 1e3)
}
