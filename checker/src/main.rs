//! The `course` command: reads what was typed, does it, and tells by its exit status how it went.

#![forbid(unsafe_code)]

mod author;
mod bless;
mod check;
mod check_run;
mod cli;
mod compile;
mod completions;
mod course;
mod exit_code;
mod explain;
mod explore;
mod grade;
mod hint;
mod init;
mod interrupt;
mod judge;
mod libraries;
mod list;
mod message;
mod options;
mod plain_run;
mod points;
mod progress;
mod read;
mod record;
mod replay;
mod report;
mod reset;
mod sandbox;
mod select;
mod snapshot;
mod solution;
mod source;
mod step;
mod terminal;
mod toolchain;
mod verdict;
mod view;
mod watch;
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
        check_run::report_fault(cli.report(), &error);
        ExitCode::of_error(&error)
    })
}

/// Does what was asked.
fn run(cli: &cli::Cli) -> anyhow::Result<ExitCode> {
    interrupt::install()?;
    // For these there need not be a course yet.
    match &cli.command {
        Some(cli::Command::Init(args)) => {
            return init::run(&init::options::InitOptions::new(args)?);
        }
        Some(cli::Command::Completions(args)) => return completions::completions(args),
        Some(cli::Command::Man(args)) => return completions::man(args),
        Some(cli::Command::Schema) => return report::schema::print(),
        Some(cli::Command::Merge(args)) => {
            return grade::merge::run(&options::MergeOptions::new(args)?);
        }
        _ => {}
    }
    let workspace = workspace::Workspace::find().map_err(exit_code::usage)?;
    match Options::new(cli, &workspace)? {
        Options::Init(options) => init::run(&options),
        Options::Completions(args) => completions::completions(args),
        Options::Man(args) => completions::man(args),
        Options::Watch(options) => watch::run(&workspace, &options),
        Options::Hint(options) => hint::run(&workspace, &options),
        Options::Read(options) => read::run(&workspace, &options),
        Options::Reset(options) => reset::run(&workspace, &options),
        Options::Solution(options) => solution::run(&workspace, &options),
        Options::List(options) => list::run(&workspace, &options),
        Options::Check(options) => check_run::run(&workspace, &options),
        Options::Grade(options) => grade::run(&workspace, &options),
        Options::Merge(options) => grade::merge::run(&options),
        Options::Schema => report::schema::print(),
        Options::Package(options) => grade::package::run(&options),
        Options::Run(options) => plain_run::run(&workspace, &options),
        Options::Replay(options) => replay::run(&workspace, &options),
        Options::AuthorCheck(options) => author::check::run(&workspace, &options),
        Options::Bless(options) => author::bless(&workspace, &options),
    }
}
