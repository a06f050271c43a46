//! `course schema`: what the files for programs look like, for those who read them.

use crate::cli::learner::Schema;
use crate::support::exit_code::ExitCode;
use crate::support::terminal;

/// JSON Schemas, draft 2020-12. What is written is held against them by tests.
const REPORT: &str = include_str!("../../schema/report.schema.json");
const RESULT: &str = include_str!("../../schema/result.schema.json");
const SUMMARY: &str = include_str!("../../schema/summary.schema.json");

/// Prints a schema.
///
/// # Errors
///
/// When it cannot be printed.
pub fn print(of: Schema) -> anyhow::Result<ExitCode> {
    terminal::print(match of {
        Schema::Report => REPORT,
        Schema::Result => RESULT,
        Schema::Summary => SUMMARY,
    })?;
    Ok(ExitCode::Passed)
}
