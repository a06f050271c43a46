//! `course completions` and `course man`: the command line for shells and for `man`.

use std::fs;
use std::io;

use anyhow::Context;
use clap::CommandFactory;

use crate::cli::Cli;
use crate::cli::learner::{CompletionsArgs, ManArgs};
use crate::message::learner as message;
use crate::support::exit_code::ExitCode;
use crate::support::terminal;

/// The name under which `course` is typed.
const NAME: &str = "course";

/// Prints the completions for a shell.
///
/// # Errors
///
/// When they cannot be printed.
pub fn completions(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut text);
    terminal::print(&String::from_utf8_lossy(&text))?;
    Ok(ExitCode::Passed)
}

/// Prints the manual page, or writes one for each command into a folder.
///
/// # Errors
///
/// When that cannot be done.
pub fn man(args: &ManArgs) -> anyhow::Result<ExitCode> {
    let Some(folder) = &args.dir else {
        let mut text = Vec::new();
        let page = clap_mangen::Man::new(Cli::command());
        page.render(&mut text).context("failed to write the page")?;
        terminal::print(&String::from_utf8_lossy(&text))?;
        return Ok(ExitCode::Passed);
    };
    let shown = folder.display().to_string();
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .or_else(|error: io::Error| {
            Err(error).with_context(|| format!("failed to write to {shown}"))
        })?;
    terminal::print(&message::pages_written(&shown))?;
    Ok(ExitCode::Passed)
}
