//! `course run`: an exercise run plainly, under the operating system's own scheduler.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};

use anyhow::{Context, bail};

use crate::course::workspace::Workspace;
use crate::message;
use crate::options::PlainRunOptions;
use crate::program::toolchain;
use crate::support::exit_code::ExitCode;

/// Builds the program with cargo, runs it, and passes on its exit status.
///
/// # Errors
///
/// When cargo cannot be started.
pub fn run(workspace: &Workspace, options: &PlainRunOptions) -> anyhow::Result<ExitCode> {
    let status = Command::new(toolchain::cargo())
        .args(["run", "--quiet", "--manifest-path"])
        .arg(workspace.root.join("Cargo.toml"))
        // Without a package name, cargo looks for the program in the default members only, and the
        // solutions are not among these.
        .args(["--package", options.package, "--bin", &options.program])
        .arg("--")
        .args(&options.args)
        .status();
    let status = status.or_else(|error| match toolchain::problem(&workspace.root) {
        Some(problem) => bail!(message::init::rust(&problem)),
        None => Err(error).context("failed to start cargo"),
    })?;
    Ok(code(status))
}

/// The program's exit status. If a signal ended it, this is 128 + the signal's number, as in a
/// shell.
fn code(status: ExitStatus) -> ExitCode {
    let code = status.code().or(status.signal().map(|signal| 128 + signal));
    ExitCode::Program(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_status_is_passed_on_as_a_shell_tells_it() {
        assert_eq!(code(ExitStatus::from_raw(0)), ExitCode::Program(0));
        assert_eq!(code(ExitStatus::from_raw(101 << 8)), ExitCode::Program(101));
        assert_eq!(code(ExitStatus::from_raw(11)), ExitCode::Program(139));
    }
}
