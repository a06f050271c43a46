//! The command line as clap reads it; its comments are the text of `--help`.

mod format;
pub mod grade;
pub mod learner;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::facts::containment::Mode;

pub use format::{Format, ReportFormat};

/// A course on process synchronisation that checks itself
///
/// Read a topic in course.md, replace the todo!() in one of its exercises, and check it: your
/// program is built and run under hundreds of different schedules. Where one of them breaks it,
/// you are shown the line, and the schedule can be replayed.
///
/// `course init` makes a folder to work in. Run all else anywhere inside of it. Without a command it
/// watches, in a terminal, or else lists the exercises.
#[derive(Debug, Parser)]
#[command(name = "course", version, term_width = 80, after_help = EXIT_STATUS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Shown below the help of `course` and `course check`.
const EXIT_STATUS: &str = "\
Exit status:
  0  all passed
  1  something did not pass
  2  the command line cannot be understood, or there is no course here
  3  nothing failed, but something could not be judged; or course itself failed";

/// Shown below the help of `course check`.
const CHECK_EXAMPLES: &str = "\
Examples:
  course check 05_lock                     all exercises of a topic
  course check 05_lock/1_two_lines         one exercise
  course check exercises/05_lock/2_guard.rs
  course check --all --solutions           the course's own solutions
  course check 05_lock --seed 7            other schedules
  course check any/file.rs --args 5        a program of your own

Exit status:
  0  all passed
  1  something did not pass
  2  the command line cannot be understood, or there is no course here
  3  nothing failed, but something could not be judged; or course itself failed";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a folder to work in, with the exercises
    ///
    /// Writes the exercises, course.md and the libraries that programs are checked with into a new
    /// folder. Nothing that is there already is overwritten. With `--update` a folder made earlier
    /// gets what is new in the course: your part of each exercise stays as it is, and what you
    /// changed elsewhere is kept beside, as FILE.orig.
    Init(InitArgs),
    /// List topics and exercises, and what is done
    ///
    /// For each exercise: whether it passed, was changed since, or what its last check found; the
    /// points reached, and the best verdict.
    List(ListArgs),
    /// Check the exercise you are at whenever you save it
    ///
    /// Moves on to the next exercise when it passes. Keys show a hint, the list, the timeline of
    /// what failed, and more; `?` tells them all.
    Watch(learner::WatchArgs),
    /// Show the next hint for an exercise
    ///
    /// Hints depend on what the last check found, and become plainer each time you ask.
    Hint(learner::HintArgs),
    /// Show a section of the course
    Read(learner::ReadArgs),
    /// Put an exercise back to how it was handed out
    ///
    /// What you had is kept, and `--undo` takes it back.
    Reset(learner::ResetArgs),
    /// Show how the course solves an exercise, compared with your answer
    Solution(learner::SolutionArgs),
    /// Check exercises under many schedules
    ///
    /// Builds each exercise, unchanged, against the course's own std and mp, runs it under many
    /// different schedules, and reports what was found, most severe first, with the line. The
    /// same program and seed give the same report on every machine.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Check what a whole class handed in
    ///
    /// Takes a folder with a folder or an archive a learner, or a file that lists them, checks
    /// each, and writes results, grades and a page into --out. Only the learners' own parts of
    /// exercise files are taken; the rest is that of the course you are in. What has a result
    /// already is not checked again, so a run that was interrupted goes on where it was.
    #[command(after_help = grade::EXIT_STATUS)]
    Grade(grade::GradeArgs),
    /// Put the parts of a class together that were graded apart
    Merge(grade::MergeArgs),
    /// Print the schema of the reports for programs
    Schema,
    /// Run an exercise plainly, with nothing in between
    ///
    /// Runs the program with cargo, under the operating system's own scheduler, as you would run
    /// any other. Its exit status is passed on.
    Run(RunArgs),
    /// Run one schedule again and show what happened, step by step
    ///
    /// Shows each step of that schedule: when (in virtual time), which task, at which line, and
    /// what it did; then how it ended and what is wrong with it. `course check` prints the
    /// command for the schedule that it found. A schedule that fails is shown as the smallest
    /// run found that fails in the same way: with the fewest context switches, a switch being
    /// where a task that could have gone on is left for another one. `--full` shows the schedule
    /// as it was.
    ///
    /// `--html FILE` writes the same as one page for a browser: a lane for each process, its
    /// states, arrows from what led to what, and the source beside it.
    ///
    /// With `--step` you are the scheduler: you see the states of all tasks and what each would do
    /// next, and say who goes on. Without a number of a schedule you begin with one in which
    /// nobody is disturbed. What you found can be saved, and replayed with `--schedule-file`.
    Replay(ReplayArgs),
    /// For those who write exercises
    #[command(subcommand)]
    Author(AuthorCommand),
    /// Print the completions of the command line for a shell
    Completions(learner::CompletionsArgs),
    /// Print the manual page
    Man(learner::ManArgs),
}

/// Arguments of `course init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder [default: course; with --update the one you are in]
    pub folder: Option<PathBuf>,
    /// Bring a folder made earlier up to date
    #[arg(long)]
    pub update: bool,
}

/// Arguments of `course list`.
#[derive(Debug, Default, Args)]
pub struct ListArgs {
    /// How to print the list
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `course check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Topics (05_lock), exercises (05_lock/1_two_lines) or their files, or any Rust file
    pub what: Vec<String>,
    /// Check every exercise of the course
    #[arg(long, conflicts_with = "what")]
    pub all: bool,
    /// Arguments for a program that is no exercise
    #[arg(long, value_name = "ARG", num_args = 0.., allow_negative_numbers = true)]
    pub args: Vec<String>,
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
    #[arg(long, value_name = "PATH", conflicts_with = "solutions", hide = true)]
    pub file: Option<PathBuf>,
    /// The longest delay of a task, such as 10ms, for a program that is no exercise
    ///
    /// Without it a task may be kept waiting for any time, so that no sleep is long enough to
    /// order anything.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub max_delay: Option<Duration>,
    /// A file with what a program that is no exercise must print, in this order
    ///
    /// Without it every schedule must print the same lines, in any order.
    #[arg(long, value_name = "FILE")]
    pub expect: Option<PathBuf>,
}

fn duration(text: &str) -> Result<Duration, String> {
    crate::course::duration::parse(text).ok_or_else(|| crate::message::no_duration(text))
}

/// Arguments of `course run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The exercise (05_lock/1_two_lines) or its file
    pub exercise: String,
    /// Arguments for the program [default: the first row that the exercise is checked with]
    #[arg(allow_negative_numbers = true)]
    pub args: Vec<String>,
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
    /// Arguments for the program [default: the first row that the exercise is checked with]
    #[arg(long, value_name = "ARG", num_args = 0.., allow_negative_numbers = true)]
    pub args: Option<Vec<String>>,
    /// How the schedules are made and run
    #[command(flatten)]
    pub search: SearchArgs,
}

/// The commands below `course author`.
#[derive(Debug, Subcommand)]
pub enum AuthorCommand {
    /// Prove that the exercises are as they must be
    ///
    /// Stubs compile and are not done yet; solutions and other right answers pass; wrong answers
    /// get the verdict and cause that they declare, soon enough; headers, hints, transcripts and
    /// the lists of exercises are complete and agree. Prints how well each wrong answer is found,
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
    /// How many schedules to run side by side [default: the cores allowed to course]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
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

impl Cli {
    /// The format and the seed of the report that was asked for, if one was.
    pub fn report(&self) -> Option<(ReportFormat, u64)> {
        match &self.command {
            Some(Command::Check(args)) => Some((args.format, args.search.seed)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// Calls `visit` for the command, and for every one below it, with its full name.
    fn each(command: &clap::Command, name: &str, visit: &mut dyn FnMut(&str, &clap::Command)) {
        visit(name, command);
        for sub in command.get_subcommands() {
            each(sub, &format!("{name} {}", sub.get_name()), visit);
        }
    }

    #[test]
    fn every_command_and_argument_has_help_in_the_house_style() {
        let mut command = Cli::command();
        command.build();
        command.clone().debug_assert();
        let mut wrong = Vec::new();
        each(&command, "course", &mut |name, command| {
            let mut look = |what: String, help: Option<String>| match help {
                None => wrong.push(format!("{what}: no help")),
                Some(help) if help.ends_with('.') => wrong.push(format!("{what}: period")),
                Some(help) if !help.starts_with(char::is_uppercase) => {
                    wrong.push(format!("{what}: starts in lower case"));
                }
                Some(_) => {}
            };
            look(
                name.to_owned(),
                command.get_about().map(ToString::to_string),
            );
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string);
                look(format!("{name} {}", arg.get_id()), help);
            }
        });
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn help_fits_into_80_columns() {
        let mut command = Cli::command();
        command.build();
        each(&command, "course", &mut |name, command| {
            for line in command.clone().render_long_help().to_string().lines() {
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
        });
    }

    #[test]
    fn replayed_arguments_end_at_the_next_option_and_may_be_none_or_negative() {
        let args = |typed: &[&str]| {
            let words = ["course", "replay", "a/b", "7"].iter().chain(typed);
            match Cli::try_parse_from(words).map(|cli| cli.command) {
                Ok(Some(Command::Replay(replay))) => (replay.args, replay.search.seed),
                other => panic!("not a replay: {other:?}"),
            }
        };
        let some = |words: &[&str]| Some(words.iter().map(|&word| word.to_owned()).collect());
        assert_eq!(args(&[]), (None, 0));
        assert_eq!(args(&["--args"]), (some(&[]), 0));
        assert_eq!(
            args(&["--args", "5", "-3", "--seed", "9"]),
            (some(&["5", "-3"]), 9)
        );
        assert_eq!(
            args(&["--args=-x", "--args=--seed"]),
            (some(&["-x", "--seed"]), 0)
        );
    }
}
