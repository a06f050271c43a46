//! `course author`: what those who write exercises need.

pub mod answers;
pub mod check;
mod demands;
pub mod init;
pub mod new;
mod proof;
mod report;
mod rules;
mod sentences;
mod snapshots;
mod template;
mod tree;

use crate::course::workspace::Workspace;
use crate::message;
use crate::options::BlessOptions;
use crate::support::exit_code::ExitCode;
use crate::support::interrupt;
use crate::support::terminal;

/// Writes the expected transcripts of each exercise from its solution; one that is refused does
/// not keep the others from being written.
///
/// # Errors
///
/// When the results cannot be printed.
pub fn bless(workspace: &Workspace, options: &BlessOptions) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::Passed;
    for target in &options.targets {
        let blessed = snapshots::bless(workspace, &target.exercise, &target.options);
        if let Some(signal) = interrupt::signal() {
            terminal::tell(message::interrupted());
            return Ok(ExitCode::Interrupted(signal));
        }
        match blessed {
            Ok(()) => {
                terminal::print(&message::author::blessed(&target.exercise.id))?;
            }
            Err(error) => {
                terminal::tell(&message::author::not_blessed(&target.exercise.id, &error));
                code = ExitCode::NotPassed;
            }
        }
    }
    Ok(code)
}
