//! What was typed after the learner's own commands, checked against the course and the progress.

use std::path::PathBuf;

use super::{Format, choose_one, ids};
use crate::cli::learner as cli;
use crate::course::Exercise;
use crate::course::record::Record;
use crate::course::select;
use crate::course::workspace::Workspace;
use crate::message;
use crate::support::exit_code::UsageError;

/// What `course list` needs to know.
pub struct ListOptions {
    /// How to print the list.
    pub format: Format,
}

/// What `course hint` needs to know.
pub struct HintOptions<'w> {
    /// The exercise.
    pub exercise: &'w Exercise,
    /// Which hint, from 1; `None` for the next one.
    pub level: Option<usize>,
}

/// What `course reset` needs to know.
pub struct ResetOptions<'w> {
    /// The exercise.
    pub exercise: &'w Exercise,
    /// Whether to take back the last reset.
    pub undo: bool,
}

/// What `course solution` needs to know.
pub struct SolutionOptions<'w> {
    /// The exercise.
    pub exercise: &'w Exercise,
    /// Whether to show it although the exercise has not passed.
    pub force: bool,
}

/// What `course read` needs to know.
pub struct ReadOptions {
    /// A topic, a number or words of a title.
    pub section: String,
}

/// What `course book` needs to know.
pub struct BookOptions {
    /// Where to write the pages; `None` for the usual folder.
    pub folder: Option<PathBuf>,
}

/// What `course doc` needs to know.
pub struct DocOptions {
    /// The name of a type, a function or a method.
    pub word: Option<String>,
    /// Whether to show it in the browser.
    pub open: bool,
}

/// What `course watch` needs to know.
pub struct WatchOptions {
    /// The index of the exercise to begin with; `None` for where the learner is.
    pub exercise: Option<usize>,
    /// Whether to print lines for an editor, and take no keys.
    pub lines: bool,
}

pub fn book(args: &cli::BookArgs) -> BookOptions {
    BookOptions {
        folder: args.folder.clone(),
    }
}

pub fn list(args: &cli::ListArgs) -> ListOptions {
    ListOptions {
        format: args.format,
    }
}

pub fn hint<'w>(
    args: &cli::HintArgs,
    workspace: &'w Workspace,
) -> Result<HintOptions<'w>, UsageError> {
    Ok(HintOptions {
        exercise: named_or_current(args.exercise.as_deref(), workspace)?,
        level: args.level,
    })
}

pub fn reset<'w>(
    args: &cli::ResetArgs,
    workspace: &'w Workspace,
) -> Result<ResetOptions<'w>, UsageError> {
    Ok(ResetOptions {
        exercise: named_or_current(Some(&args.exercise), workspace)?,
        undo: args.undo,
    })
}

pub fn solution<'w>(
    args: &cli::SolutionArgs,
    workspace: &'w Workspace,
) -> Result<SolutionOptions<'w>, UsageError> {
    Ok(SolutionOptions {
        exercise: named_or_current(args.exercise.as_deref(), workspace)?,
        force: args.force,
    })
}

pub fn read(args: &cli::ReadArgs, workspace: &Workspace) -> Result<ReadOptions, UsageError> {
    let section = match &args.section {
        Some(section) => section.clone(),
        None => select::topic(&named_or_current(None, workspace)?.id).to_owned(),
    };
    Ok(ReadOptions { section })
}

pub fn doc(args: &cli::DocArgs) -> DocOptions {
    DocOptions {
        word: args.word.clone(),
        open: args.open,
    }
}

pub fn watch(args: &cli::WatchArgs, workspace: &Workspace) -> Result<WatchOptions, UsageError> {
    let exercise = match &args.exercise {
        Some(name) => Some(choose_one(name, workspace)?.index),
        None => None,
    };
    let lines = args.lines;
    Ok(WatchOptions { exercise, lines })
}

/// The exercise of this name, or where the learner is.
fn named_or_current<'w>(
    name: Option<&str>,
    workspace: &'w Workspace,
) -> Result<&'w Exercise, UsageError> {
    let index = match name {
        Some(name) => choose_one(name, workspace)?.index,
        None => {
            let record =
                Record::read(workspace).map_err(|error| UsageError(format!("{error:#}")))?;
            let current = record.current(&ids(workspace));
            current.ok_or_else(|| UsageError(message::learner::no_exercises()))?
        }
    };
    Ok(&workspace.course.exercises[index])
}
