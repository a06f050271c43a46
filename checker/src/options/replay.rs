//! What was typed after `course replay`, checked against the course.

use std::path::PathBuf;

use super::target::{Target, program, target};
use super::{choose_one, first_row, ids};
use crate::cli::check::ReplayArgs;
use crate::course::select;
use crate::course::workspace::Workspace;
use crate::message;
use crate::options::saved::Which;
use crate::support::exit_code::UsageError;
use crate::support::write;

/// What `course replay` needs to know.
pub struct ReplayOptions<'w> {
    /// The exercise, and how its schedules are made.
    pub target: Target<'w>,
    /// The program's arguments, a row of the exercise.
    pub row: Vec<String>,
    /// Which schedule.
    pub which: Which,
    /// Whether the learner says who goes on.
    pub step: bool,
    /// Whether to show the schedule itself where a smaller run fails in the same way.
    pub full: bool,
    /// The file for a page, where one is to be written.
    pub html: Option<PathBuf>,
}

pub fn replay<'w>(
    args: &ReplayArgs,
    workspace: &'w Workspace,
) -> Result<ReplayOptions<'w>, UsageError> {
    // One schedule at a time: more jobs would have nothing to do.
    let jobs = Some(1);
    let target = match select::program(&ids(workspace), &workspace.root, &args.exercise) {
        Some(file) => {
            let row = args.args.clone().unwrap_or_default();
            program(file, row, &args.search, jobs, workspace)?
        }
        None => {
            let choice = choose_one(&args.exercise, workspace)?;
            target(choice, &args.search, jobs, workspace)?
        }
    };
    let file = args.schedule_file.as_deref();
    let which = Which::new(file, args.schedule, &target.exercise.id)?;
    let row = match args.args.as_ref().or(which.args()) {
        None => first_row(&target.exercise),
        Some(row) if target.exercise.rows.contains(row) => row.clone(),
        Some(row) => {
            let rows = &target.exercise.rows;
            return Err(UsageError(message::typed::not_a_row(
                &target.exercise.id,
                row,
                rows,
            )));
        }
    };
    Ok(ReplayOptions {
        target,
        row,
        which,
        step: args.step,
        full: args.full,
        html: args.html.as_deref().map(write::target).transpose()?,
    })
}
