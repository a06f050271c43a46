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
    /// A line for each place, as compilers print them: for editors
    Short,
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
    /// SARIF 2.1.0, for code scanning: a thread flow for each task
    Sarif,
    /// A line of JSON for each diagnostic, as cargo prints them: what rust-analyzer reads
    RustcJson,
}
