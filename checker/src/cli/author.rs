//! The arguments of the commands for those who write exercises; their comments are the text of `--help`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, grade};

/// The commands below `course author`.
#[derive(Debug, Subcommand)]
pub enum AuthorCommand {
    /// Make a folder to write a course in, with one exercise as an example
    ///
    /// AUTHORING.md in it leads from an idea to an exercise that is proved. `course init --from`
    /// makes learners' folders of such a course.
    Init(AuthorInitArgs),
    /// Add an exercise that works, to be made yours
    ///
    /// Writes the stub, the solution, wrong and right answers, hints, arguments and expected
    /// transcripts, lists it everywhere, and says what to fill in next.
    New(NewArgs),
    /// Prove that the exercises are as they must be
    ///
    /// Stubs compile and are not done yet; solutions and other right answers pass; wrong answers
    /// get the verdict and cause that they declare, soon enough; headers, hints, transcripts and
    /// the lists of exercises are complete and agree; each sentence of a header has its check in
    /// exercises/DEMANDS.md. Prints how well each wrong answer is found,
    /// then what does not hold.
    Check(AuthorCheckArgs),
    /// Write the expected transcripts from the solutions
    ///
    /// Runs each solution under many schedules and writes what it printed to
    /// solutions/snapshots/. A solution in which anything is found wrong is refused.
    Bless(BlessArgs),
    /// Pack the course for a platform that runs it
    Package(grade::PackageArgs),
}

/// Arguments of `course author init`.
#[derive(Debug, Args)]
pub struct AuthorInitArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Let the example be one of std::thread, instead of processes
    #[arg(long)]
    pub threads: bool,
}

/// Arguments of `course author new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Its topic and name: 12_semaphore/1_gate, or semaphore/gate, which gets its numbers
    #[arg(value_name = "TOPIC/NAME")]
    pub exercise: String,
    /// What it is called [default: its name]
    #[arg(long)]
    pub title: Option<String>,
    /// Begin with an exercise on std::thread, instead of processes
    #[arg(long)]
    pub threads: bool,
}

/// Arguments of `course author check`.
#[derive(Debug, Args)]
pub struct AuthorCheckArgs {
    /// Topics, exercises or their files [default: all]
    pub what: Vec<String>,
    /// Schedules for each answer [default: 1000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub schedules: Option<u32>,
    /// Seeds that are to find each wrong answer within 200 schedules [default: 20]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub seeds: Option<u64>,
    /// Check with 200 schedules and 5 seeds, unless told otherwise
    #[arg(long)]
    pub quick: bool,
    /// First list the sentences of all headers in exercises/DEMANDS.md, with the checks there
    #[arg(long)]
    pub update: bool,
    /// How many schedules to run side by side [default: the cores allowed to course]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Write the report on each wrong answer into this folder, to be read as learners will
    #[arg(long, value_name = "FOLDER")]
    pub reports: Option<PathBuf>,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `course author bless`.
#[derive(Debug, Args)]
pub struct BlessArgs {
    /// Topics, exercises or their files [default: all]
    pub what: Vec<String>,
    /// Schedules for each exercise, shared out over its rows of arguments
    #[arg(long, value_name = "N", default_value_t = 1000,
          value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub schedules: u32,
    /// Which random schedules to try
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// How many schedules to run side by side [default: the cores allowed to course]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}
