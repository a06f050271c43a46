//! What was typed after `course run`, checked against the course.

use super::{choose_one, first_row, ids};
use crate::cli::check::RunArgs;
use crate::course::select;
use crate::course::text::Text;
use crate::course::workspace::Workspace;
use crate::facts::Edition;
use crate::message;
use crate::support::exit_code::UsageError;

/// What `course run` is to run.
pub enum PlainRunOptions {
    /// An exercise.
    Exercise(ExerciseRun),
    /// A program of one's own.
    Program(ProgramRun),
}

/// A program that is no exercise.
pub struct ProgramRun {
    /// Its text.
    pub text: Text,
    /// Its edition.
    pub edition: Edition,
    /// Its arguments.
    pub args: Vec<String>,
}

/// An exercise, as cargo knows it.
pub struct ExerciseRun {
    /// The package that its program belongs to.
    pub package: &'static str,
    /// The name of its program.
    pub program: String,
    /// The program's arguments.
    pub args: Vec<String>,
}

pub fn run(args: &RunArgs, workspace: &Workspace) -> Result<PlainRunOptions, UsageError> {
    if let Some(file) = select::program(&ids(workspace), &workspace.root, &args.exercise) {
        return Ok(PlainRunOptions::Program(ProgramRun {
            text: Text::read(file),
            edition: args.edition.unwrap_or_default(),
            args: args.args.clone(),
        }));
    }
    let choice = choose_one(&args.exercise, workspace)?;
    let exercise = &workspace.course.exercises[choice.index];
    if args.edition.is_some() {
        let message = message::program::only_for_programs("--edition", &exercise.id);
        return Err(UsageError(message));
    }
    let args_given = if args.args.is_empty() {
        first_row(exercise)
    } else {
        args.args.clone()
    };
    let (package, program) = if args.solutions || choice.solution {
        ("solutions", exercise.solution_bin_name())
    } else {
        ("exercises", exercise.bin_name())
    };
    Ok(PlainRunOptions::Exercise(ExerciseRun {
        package,
        program,
        args: args_given,
    }))
}
