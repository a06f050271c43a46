//! What was typed, turned once into checked options; nothing after this sees clap.

pub mod alone;
pub mod author;
pub mod check;
pub mod grade;
mod init;
pub mod learner;
pub mod partition;
mod programs;
pub mod replay;
pub mod run;
pub mod saved;
mod target;

use crate::course::Exercise;
use crate::course::select::{self, Choice};
use crate::course::workspace::Workspace;
use crate::support::exit_code::UsageError;

pub use crate::cli::{Format, ReportFormat};
pub use author::{AuthorCheckOptions, BlessOptions, NewOptions};
pub use check::CheckRunOptions;
pub use grade::{GradeOptions, MergeOptions, PackageOptions};
pub use init::{AuthorInitOptions, InitOptions, Source};
pub use learner::{
    BookOptions, DocOptions, HintOptions, ListOptions, ReadOptions, ResetOptions, SolutionOptions,
    WatchOptions,
};
pub use replay::ReplayOptions;
pub use run::{ExerciseRun, PlainRunOptions, ProgramRun};
pub use target::Target;

/// The cores that this process may use: the affinity mask and the quota of a container count.
pub fn allowed_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn first_row(exercise: &Exercise) -> Vec<String> {
    exercise.rows.first().cloned().unwrap_or_default()
}

fn ids(workspace: &Workspace) -> Vec<&str> {
    workspace.ids()
}

fn choose(what: &[String], workspace: &Workspace) -> Result<Vec<Choice>, UsageError> {
    select::select(&ids(workspace), &workspace.root, what)
}

fn choose_one(what: &str, workspace: &Workspace) -> Result<Choice, UsageError> {
    select::select_one(&ids(workspace), &workspace.root, what)
}
