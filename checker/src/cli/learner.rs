//! The arguments of the learner's own commands; their comments are the text of `--help`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::Shell;

use super::Format;

/// Arguments of `course init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder [default: course; with --update the one you are in]
    pub folder: Option<PathBuf>,
    /// Bring a folder made earlier up to date
    #[arg(long)]
    pub update: bool,
    /// Take the exercises of a course of your own, instead of those in this command
    ///
    /// From a folder, an archive (.zip, .tar, .tar.gz) or a Git repository. With `--update` a Git
    /// repository is asked again by itself; a folder or an archive has to be named again, otherwise
    /// the exercises stay as they are.
    #[arg(long, value_name = "DIR|ARCHIVE|GIT-URL")]
    pub from: Option<String>,
    /// Leave the solutions out [default with --from]
    ///
    /// Checks need only what the solutions print. Who makes folders for a class seldom wants to hand
    /// them out; who learns alone has them, out of sight.
    #[arg(long, conflicts_with = "with_solutions")]
    pub without_solutions: bool,
    /// Put the solutions in, out of sight [default without --from]
    #[arg(long)]
    pub with_solutions: bool,
    /// Build the libraries at once, so that no check needs the network
    ///
    /// At a terminal they are built anyway, while you read.
    #[arg(long)]
    pub build: bool,
    /// Build the libraries of a folder that is there, for a `course init` that has ended
    #[arg(long, hide = true)]
    pub only_build: bool,
}

/// Arguments of `course list`.
#[derive(Debug, Default, Args)]
pub struct ListArgs {
    /// How to print the list
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `course hint`.
#[derive(Debug, Args)]
pub struct HintArgs {
    /// The exercise (05_lock/1_two_lines) or its file [default: where you are]
    pub exercise: Option<String>,
    /// Show this hint, from 1, instead of the next one
    #[arg(long, value_name = "N")]
    pub level: Option<usize>,
}

/// Arguments of `course reset`.
#[derive(Debug, Args)]
pub struct ResetArgs {
    /// The exercise (05_lock/1_two_lines) or its file
    pub exercise: String,
    /// Take back the last reset
    #[arg(long)]
    pub undo: bool,
}

/// Arguments of `course solution`.
#[derive(Debug, Args)]
pub struct SolutionArgs {
    /// The exercise (05_lock/1_two_lines) or its file [default: where you are]
    pub exercise: Option<String>,
    /// Show it although the exercise has not passed
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `course read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// A topic (05_lock), its number, or words of a title [default: where you are]
    pub section: Option<String>,
}

/// Arguments of `course book`.
#[derive(Debug, Args)]
pub struct BookArgs {
    /// The folder to write the pages into [default: target/course/book]
    pub folder: Option<PathBuf>,
}

/// Arguments of `course doc`.
#[derive(Debug, Args)]
pub struct DocArgs {
    /// A type (Queue), a function or a method (get, Queue::get) [default: a list of all]
    pub word: Option<String>,
    /// Show it in the browser
    #[arg(long)]
    pub open: bool,
}

/// Arguments of `course watch`.
#[derive(Debug, Default, Args)]
pub struct WatchArgs {
    /// The exercise to begin with (05_lock/1_two_lines) or its file [default: where you are]
    pub exercise: Option<String>,
    /// Print lines for an editor, without keys, and check each exercise that is saved
    ///
    /// A check is between the lines `checking FILE` and `checked FILE: VERDICT`; what it finds is told
    /// as `FILE:LINE:COLUMN: error: ...`.
    #[arg(long)]
    pub lines: bool,
}

/// Arguments of `course completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Arguments of `course schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of what
    #[arg(value_enum, default_value_t)]
    pub of: Schema,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Schema {
    /// The report of `course check --format json`
    #[default]
    Report,
    /// A file in results/ of `course grade`
    Result,
    /// summary.json of `course grade` and `course merge`
    Summary,
}

/// Arguments of `course man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a page for each command into this folder, instead of printing the one of `course`
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
