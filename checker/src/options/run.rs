//! What was typed after `course run`, checked against the course.

use super::{choose_one, first_row};
use crate::cli::check::RunArgs;
use crate::course::workspace::Workspace;
use crate::support::exit_code::UsageError;

/// What `course run` needs to know.
pub struct PlainRunOptions {
    /// The package that its program belongs to.
    pub package: &'static str,
    /// The name of its program.
    pub program: String,
    /// The program's arguments.
    pub args: Vec<String>,
}

pub fn run(args: &RunArgs, workspace: &Workspace) -> Result<PlainRunOptions, UsageError> {
    let choice = choose_one(&args.exercise, workspace)?;
    let exercise = &workspace.course.exercises[choice.index];
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
    Ok(PlainRunOptions {
        package,
        program,
        args: args_given,
    })
}
