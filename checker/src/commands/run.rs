//! `course run`: an exercise run plainly, under the operating system's own scheduler.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};

use anyhow::{Context, bail};

use crate::course::workspace::Workspace;
use crate::message;
use crate::options::PlainRunOptions;
use crate::program::{provide, toolchain};
use crate::support::exit_code::ExitCode;

/// The settings of `cargo run`, for the program alone.
const AS_USUAL: [&str; 3] = [
    "opt-level=0",
    "debug-assertions=true",
    "overflow-checks=true",
];

/// Builds the program with cargo, runs it, and passes on its exit status.
///
/// # Errors
///
/// When the libraries cannot be built, or cargo cannot be started.
pub fn run(workspace: &Workspace, options: &PlainRunOptions) -> anyhow::Result<ExitCode> {
    // With those that checks use, nothing is left to build but the program itself.
    provide::find(workspace)?;
    let settings = AS_USUAL.map(|setting| {
        let package = options.package;
        format!(
            "--config=profile.{}.package.{package}.{setting}",
            provide::PROFILE
        )
    });
    let status = Command::new(toolchain::cargo())
        .args(["run", "--quiet", "--profile", provide::PROFILE])
        .args(settings)
        .arg("--target-dir")
        .arg(provide::target(workspace))
        .arg("--manifest-path")
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
