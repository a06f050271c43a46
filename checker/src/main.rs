//! The `course` command: reads what was typed, does it, and tells by its exit status how it went.

#![forbid(unsafe_code)]

use clap::Parser;
use course::{Cli, ExitCode};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return course::print_clap(&error),
    };
    course::run(&cli).unwrap_or_else(|error| {
        course::print_error(&error);
        course::report_fault(cli.report(), &error);
        ExitCode::of_error(&error)
    })
}
