//! How results and reports are printed, as it is typed.

use clap::ValueEnum;

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// How the report of a check is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people
    #[default]
    Text,
    /// For programs; `course schema` describes it
    Json,
    /// JUnit XML, for CI systems
    Junit,
    /// For GitHub Classroom and the log of a workflow
    Github,
    /// The results.json of Gradescope
    Gradescope,
    /// The results.json of Exercism
    Exercism,
}
