//! The arguments of what runs programs; their comments are the text of `--help`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::ReportFormat;
use crate::facts::Edition;
use crate::facts::containment::Mode;

/// Shown below the help of `course check`.
pub const EXAMPLES: &str = "\
Examples:
  course check 05_lock                     all exercises of a topic
  course check 05_lock/1_two_lines         one exercise
  course check exercises/05_lock/2_guard.rs
  course check --all --solutions           the course's own solutions
  course check 05_lock --seed 7            other schedules
  course check any/file.rs -- 5 a          a program of your own, with arguments
  course check any/folder                  all programs in it

Exit status:
  0  all passed
  1  something did not pass
  2  the command line cannot be understood, or there is no course here
  3  nothing failed, but something could not be judged; or course itself failed";

/// Arguments of `course check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Topics (05_lock), exercises (05_lock/1_two_lines) or their files, or any Rust files or folders
    pub what: Vec<String>,
    /// Check every exercise of the course
    #[arg(long, conflicts_with = "what")]
    pub all: bool,
    /// Arguments for a program that is no exercise
    #[arg(long, value_name = "ARG", num_args = 0.., allow_negative_numbers = true)]
    pub args: Vec<String>,
    /// The same, behind `--`
    #[arg(last = true, value_name = "ARG", conflicts_with = "args")]
    pub after: Vec<String>,
    /// How the schedules are made and run
    #[command(flatten)]
    pub search: SearchArgs,
    /// How many schedules to run side by side [default: the cores allowed to course]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Take the exercises' files from this folder or archive instead, as `course grade` does
    #[arg(long, value_name = "PATH", conflicts_with_all = ["solutions", "file"])]
    pub submission: Option<PathBuf>,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub format: ReportFormat,
    /// Show beside a schedule that fails the nearest one that passes, if two steps decide
    #[arg(long)]
    pub also_passing: bool,
    /// Tell on standard error how long each step took, and what contained the programs
    #[arg(long)]
    pub timings: bool,
    /// Add what contained the programs to the report, by the key `environment`
    ///
    /// Without it a report is the same on every machine.
    #[arg(long)]
    pub environment: bool,
    /// How programs are contained
    #[command(flatten)]
    pub sandbox: SandboxArgs,
}

/// Arguments that say how programs are contained.
#[derive(Debug, Args)]
pub struct SandboxArgs {
    /// Run nothing unless all layers of containment are there
    #[arg(long, conflicts_with = "no_sandbox")]
    pub require_sandbox: bool,
    /// Contain nothing, to find out whether the containment is in the way
    #[arg(long)]
    pub no_sandbox: bool,
}

impl SandboxArgs {
    /// How much containment that is.
    pub fn mode(&self) -> Mode {
        match (self.require_sandbox, self.no_sandbox) {
            (_, true) => Mode::Off,
            (true, false) => Mode::Required,
            (false, false) => Mode::On,
        }
    }
}

/// Arguments that determine the schedules: those of a check and of its replay must agree.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Schedules for each exercise, shared out over its rows of arguments [default: 200, or at
    /// most 20000 with --exhaustive]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub schedules: Option<u32>,
    /// Which random schedules to try
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Run all schedules with few preemptions, instead of random ones
    ///
    /// A preemption is a switch away from a task that could have gone on. Of schedules that differ
    /// only in the order of steps that do not concern each other, one is run.
    #[arg(long)]
    pub exhaustive: bool,
    /// How many preemptions such a schedule has at most [default: 2]
    #[arg(long, value_name = "K", requires = "exhaustive")]
    pub preemptions: Option<u32>,
    /// Take the course's solution instead of your file
    #[arg(long)]
    pub solutions: bool,
    /// Take this file instead, as an answer to the one exercise named
    #[arg(long, value_name = "PATH", conflicts_with = "solutions")]
    pub file: Option<PathBuf>,
    /// The longest delay of a task, such as 10ms, for a program that is no exercise
    ///
    /// Without it a task may be kept waiting for up to fifty years, so that no shorter sleep is
    /// long enough to order anything; but for 100 ms while the time limit of another one's wait
    /// runs out, as of `recv_timeout`.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub max_delay: Option<Duration>,
    /// A file with what a program that is no exercise must print, in this order
    ///
    /// Without it every schedule must print the same lines, in any order; or as a schedule
    /// without preemptions may, if not all of these print the same.
    #[arg(long, value_name = "FILE")]
    pub expect: Option<PathBuf>,
    /// The edition of Rust of a program that is no exercise [default: 2024]
    #[arg(long, value_name = "YEAR", value_parser = editions())]
    pub edition: Option<Edition>,
    /// A program that is no exercise must print the same lines in every schedule
    ///
    /// Without it a program may print different things if it does so even where nobody is
    /// preempted: then it leaves open what it prints.
    #[arg(long, conflicts_with = "expect")]
    pub same_output: bool,
}

fn duration(text: &str) -> Result<Duration, String> {
    crate::course::duration::parse(text).ok_or_else(|| crate::message::typed::no_duration(text))
}

fn editions() -> impl TypedValueParser<Value = Edition> {
    let years = PossibleValuesParser::new(Edition::ALL.map(Edition::year));
    years.map(|year| Edition::of_year(&year).unwrap_or_default())
}

/// Arguments of `course run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The exercise (05_lock/1_two_lines) or its file, or any Rust file
    pub exercise: String,
    /// Arguments for the program [default: the first row that the exercise is checked with]
    #[arg(allow_negative_numbers = true)]
    pub args: Vec<String>,
    /// The edition of Rust of a program that is no exercise [default: 2024]
    #[arg(long, value_name = "YEAR", value_parser = editions())]
    pub edition: Option<Edition>,
    /// Run the course's solution instead of your file
    #[arg(long)]
    pub solutions: bool,
}

/// Arguments of `course replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// The exercise (05_lock/1_two_lines) or its file, or any Rust file
    pub exercise: String,
    /// The number of the schedule, as the report of `course check` tells it
    #[arg(required_unless_present_any = ["step", "schedule_file"])]
    pub schedule: Option<u32>,
    /// Say at each point yourself who goes on
    #[arg(long, conflicts_with = "html")]
    pub step: bool,
    /// A schedule that was saved with --step
    #[arg(long, value_name = "FILE", conflicts_with = "schedule")]
    pub schedule_file: Option<PathBuf>,
    /// Show the schedule as it was, not the smallest run that fails in the same way
    #[arg(long)]
    pub full: bool,
    /// Write a page to this file instead, to go through the steps in a browser
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Arguments for the program: one of the rows that the exercise is checked with; for a file of
    /// your own, any [default: the first of the rows]
    #[arg(long, value_name = "ARG", num_args = 0.., allow_negative_numbers = true)]
    pub args: Option<Vec<String>>,
    /// How the schedules are made and run
    #[command(flatten)]
    pub search: SearchArgs,
}
