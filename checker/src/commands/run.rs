//! `course run`: an exercise, or a program of one's own, run plainly, under the operating system's own scheduler.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};

use anyhow::{Context, bail};

use crate::course::workspace::Workspace;
use crate::facts::{Finding, Verdict};
use crate::message;
use crate::options::{ExerciseRun, PlainRunOptions, ProgramRun};
use crate::program::source::Prepared;
use crate::program::{compile, own, provide, toolchain};
use crate::support::exit_code::ExitCode;
use crate::support::terminal;

/// The settings of `cargo run`, for the program alone.
const AS_USUAL: [&str; 3] = [
    "opt-level=0",
    "debug-assertions=true",
    "overflow-checks=true",
];

/// Builds a program, runs it, and passes on its exit status.
///
/// # Errors
///
/// When the libraries cannot be built, or nothing be started.
pub fn run(workspace: &Workspace, options: &PlainRunOptions) -> anyhow::Result<ExitCode> {
    match options {
        PlainRunOptions::Exercise(options) => exercise(workspace, options),
        PlainRunOptions::Program(options) => program(workspace, options),
    }
}

/// A program of one's own, as it is.
fn program(workspace: &Workspace, options: &ProgramRun) -> anyhow::Result<ExitCode> {
    let source = match own::prepare(workspace, &options.text, options.edition)? {
        Prepared::Program(source) => source,
        Prepared::Refused(finding) => return refused(&finding, &[]),
    };
    let libraries = provide::find(workspace)?;
    match compile::plainly(workspace, &libraries, &source)? {
        Ok(built) => {
            let status = Command::new(built.program()).args(&options.args).status();
            Ok(code(status.context("failed to start the program")?))
        }
        Err((finding, said)) => refused(&finding, &said),
    }
}

/// Says why a program was not run.
fn refused(finding: &Finding, said: &[String]) -> anyhow::Result<ExitCode> {
    terminal::tell(&message::finding::sentence(finding));
    said.iter().for_each(|it| terminal::tell(it.trim_end()));
    Ok(match finding.verdict {
        Verdict::Inconclusive => ExitCode::Inconclusive,
        _ => ExitCode::NotPassed,
    })
}

/// Builds an exercise with cargo, and runs it.
fn exercise(workspace: &Workspace, options: &ExerciseRun) -> anyhow::Result<ExitCode> {
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
