//! What was typed after the commands for a class, checked against the course.

use std::path::{Path, PathBuf};

use super::{Target, allowed_cores, choose, ids};
use crate::check::{DEFAULT_SCHEDULES, Kind, Subject};
use crate::cli::grade as cli;
use crate::course::Exercise;
use crate::course::grading::Policy;
use crate::course::select;
use crate::course::submission::{self, Handed, Intake, Wanted};
use crate::course::text::Absent;
use crate::course::workspace::Workspace;
use crate::facts::containment::Mode;
use crate::message::grade as message;
use crate::options::alone::Alone;
use crate::options::partition::{self, Partition};
use crate::support::exit_code::UsageError;
use crate::support::write;

/// What `course grade` needs to know.
pub struct GradeOptions<'w> {
    /// The folders or lists of submissions; of several, each is a try.
    pub classes: Vec<PathBuf>,
    /// How grades are made, if a file says so, and that file.
    pub policy: Option<(PathBuf, Policy)>,
    /// Whether to write the answers for tools that compare them.
    pub answers: bool,
    /// The folder for what comes out.
    pub out: PathBuf,
    /// The seed of all checks.
    pub seed: u64,
    /// Schedules for each exercise.
    pub schedules: u32,
    /// Submissions to check side by side.
    pub jobs: usize,
    /// The exercises, in the order of the course.
    pub exercises: Vec<&'w Exercise>,
    /// The part of the class to grade; `None`: all of it.
    pub partition: Option<Partition>,
    /// Whether to write pages of failing schedules.
    pub pages: bool,
    /// How much containment is asked for.
    pub sandbox: Mode,
    /// The one submission that this process grades; `None`: it grades the class.
    pub alone: Option<Alone>,
}

impl GradeOptions<'_> {
    /// Whether reports have hints.
    pub fn hints(&self) -> bool {
        self.policy().is_none_or(|it| it.hints)
    }

    /// How grades are made, if a file says so.
    pub fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref().map(|(_, policy)| policy)
    }
}

/// What `course merge` needs to know.
pub struct MergeOptions {
    /// The folders of the parts.
    pub parts: Vec<PathBuf>,
    /// The folder for all of them.
    pub out: PathBuf,
}

/// What `course author package` needs to know.
pub struct PackageOptions<'w> {
    /// The exercises, in the order of the course.
    pub exercises: Vec<&'w Exercise>,
    /// The file to write.
    pub out: PathBuf,
}

pub fn grade<'w>(
    args: &cli::GradeArgs,
    workspace: &'w Workspace,
) -> Result<GradeOptions<'w>, UsageError> {
    let policy = policy(args, workspace)?;
    let counting = |(_, it): &(PathBuf, Policy)| it.counting().map(str::to_owned).collect();
    let named = match (&policy, args.exercises.is_empty()) {
        (Some(policy), true) => counting(policy),
        _ => args.exercises.clone(),
    };
    let partition = args.partition.as_deref();
    let variable = |name: &str| std::env::var(name).ok();
    let partition = partition.map(|typed| partition::read(typed, &variable));
    let alone = args.alone.as_deref();
    let alone = alone.map(|typed| {
        let alone = Alone::read(typed);
        alone.ok_or_else(|| UsageError(message::not_alone(typed)))
    });
    Ok(GradeOptions {
        classes: args.class.clone(),
        policy,
        answers: args.answers,
        out: args.out.clone(),
        seed: args.seed,
        schedules: args.schedules.unwrap_or(DEFAULT_SCHEDULES),
        jobs: args.jobs.map_or_else(allowed_cores, usize::from),
        exercises: chosen(&named, workspace)?,
        partition: partition.transpose().map_err(UsageError)?,
        pages: !args.no_pages,
        sandbox: args.sandbox.mode(),
        alone: alone.transpose()?,
    })
}

/// The file that says how grades are made.
const GRADING: &str = "grading.toml";

/// How grades are made: by the file named, or by one in the class's folder or in the course's.
fn policy(
    args: &cli::GradeArgs,
    workspace: &Workspace,
) -> Result<Option<(PathBuf, Policy)>, UsageError> {
    let usual = args
        .class
        .iter()
        .map(PathBuf::as_path)
        .chain([workspace.root.as_path()]);
    let mut usual = usual.map(|folder| folder.join(GRADING));
    let file = match &args.grading {
        Some(file) => Some(file.clone()),
        None => usual.find(|file| file.is_file()),
    };
    let read = |file: PathBuf| {
        let policy = Policy::load(&file, &workspace.course.exercises);
        Ok((file, policy.map_err(|error| UsageError(error.to_string()))?))
    };
    file.map(read).transpose()
}

impl MergeOptions {
    /// Checks what was typed; there need not be a course.
    ///
    /// # Errors
    ///
    /// A [`UsageError`] where a part is named as the folder for all.
    pub fn new(args: &cli::MergeArgs) -> Result<Self, UsageError> {
        let real = |path: &Path| path.canonicalize().ok();
        let out = real(&args.out);
        if out.is_some() && args.parts.iter().any(|part| real(part) == out) {
            return Err(UsageError(message::merged_into_itself(&args.out)));
        }
        Ok(MergeOptions {
            parts: args.parts.clone(),
            out: args.out.clone(),
        })
    }
}

pub fn package<'w>(
    args: &cli::PackageArgs,
    workspace: &'w Workspace,
) -> Result<PackageOptions<'w>, UsageError> {
    Ok(PackageOptions {
        exercises: chosen(&args.exercises, workspace)?,
        out: write::target(&args.out)?,
    })
}

/// The exercises that are meant, each once and in the order of the course.
fn chosen<'w>(what: &[String], workspace: &'w Workspace) -> Result<Vec<&'w Exercise>, UsageError> {
    let choices = match what {
        [] => select::all(&ids(workspace)),
        _ => choose(what, workspace)?,
    };
    let exercises = workspace.course.exercises.iter().enumerate();
    let chosen = exercises.filter(|(index, _)| choices.iter().any(|it| it.index == *index));
    Ok(chosen.map(|(_, exercise)| exercise).collect())
}

/// Entries that are told, of those that were not taken.
const SHOWN: usize = 5;

/// Has exercises checked as they were handed in at a path. Says what was there and not taken,
/// though it may have been meant.
pub fn take_from(
    path: &Path,
    targets: &mut [Target],
    workspace: &Workspace,
) -> Result<Option<String>, UsageError> {
    if !path.exists() {
        return Err(UsageError(message::no_such_submission(path)));
    }
    let exercises: Vec<String> = targets.iter().map(|it| it.exercise.id.clone()).collect();
    let exercises: Vec<&str> = exercises.iter().map(String::as_str).collect();
    let wanted = Wanted {
        exercises: &exercises,
        course: &ids(workspace),
    };
    let Intake { handed, ignored } = submission::read(&[path.to_owned()], wanted);
    let entries = ignored
        .mattering()
        .take(SHOWN)
        .map(|it| (&*it.path, &*it.reason));
    let ignored = message::ignored_were(entries);
    // What may have been meant is told once.
    let mut untold = ignored.as_deref();
    for (target, handed) in targets.iter_mut().zip(handed) {
        if target.options.subject.kind != Kind::Learner {
            continue;
        }
        let handed = match handed {
            Handed::File { bytes, .. } => Ok(bytes),
            Handed::Refused(reason) => Err(Absent::Refused(reason)),
            Handed::Missing => Err(Absent::NotHandedIn(message::no_file(untold.take()))),
        };
        target.options.subject = Subject::handed_in(workspace, &target.exercise, handed);
    }
    Ok(ignored)
}
