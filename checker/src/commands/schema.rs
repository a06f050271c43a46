//! `course schema`: what the report for programs looks like, for those who read it.

use crate::support::exit_code::ExitCode;
use crate::support::terminal;

/// JSON Schema, draft 2020-12. Reports are held against it by a test.
const SCHEMA: &str = include_str!("../../schema/report.schema.json");

/// Prints the schema.
///
/// # Errors
///
/// When it cannot be printed.
pub fn print() -> anyhow::Result<ExitCode> {
    terminal::print(SCHEMA)?;
    Ok(ExitCode::Passed)
}
