//! The `course` command: reads what was typed, does it, and tells by its exit status how it went.

#![forbid(unsafe_code)]

mod author;
mod bless;
mod check;
mod check_run;
mod cli;
mod compile;
mod course;
mod exit_code;
mod explain;
mod explore;
mod interrupt;
mod judge;
mod libraries;
mod list;
mod message;
mod options;
mod plain_run;
mod points;
mod progress;
mod replay;
mod report;
mod select;
mod snapshot;
mod source;
mod step;
mod terminal;
mod verdict;
mod view;
mod workspace;
mod write;

use clap::Parser;

use crate::exit_code::ExitCode;
use crate::options::Options;

fn main() -> ExitCode {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return terminal::print_clap(&error),
    };
    run(&cli).unwrap_or_else(|error| {
        terminal::print_error(&error);
        ExitCode::of_error(&error)
    })
}

/// Does what was asked.
fn run(cli: &cli::Cli) -> anyhow::Result<ExitCode> {
    interrupt::install()?;
    let workspace = workspace::Workspace::find().map_err(exit_code::usage)?;
    match Options::new(cli, &workspace)? {
        Options::List(options) => list::run(&workspace, &options),
        Options::Check(options) => check_run::run(&workspace, &options),
        Options::Run(options) => plain_run::run(&workspace, &options),
        Options::Replay(options) => replay::run(&workspace, &options),
        Options::AuthorCheck(options) => author::check::run(&workspace, &options),
        Options::Bless(options) => author::bless(&workspace, &options),
    }
}
