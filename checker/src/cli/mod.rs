//! The command line as clap reads it; its comments are the text of `--help`.

pub mod author;
pub mod check;
mod format;
pub mod grade;
pub mod learner;

use clap::{Parser, Subcommand};

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

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a folder to work in, with the exercises
    ///
    /// Writes the exercises, course.md and the libraries that programs are checked with into a new
    /// folder. Nothing that is there already is overwritten. With `--update` a folder made earlier
    /// gets what is new in the course: your part of each exercise stays as it is, and what you
    /// changed elsewhere is kept beside, as FILE.orig.
    Init(learner::InitArgs),
    /// List topics and exercises, and what is done
    ///
    /// For each exercise: whether it passed, was changed since, or what its last check found; the
    /// points reached, and the best verdict.
    List(learner::ListArgs),
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
    /// Write the text of the course as pages for the browser
    ///
    /// Where the text tells of a mistake, a schedule that shows it is beside it, to go through step by
    /// step. The pages need no network.
    Book(learner::BookArgs),
    /// Show what the library mp offers, or one of its types or methods
    ///
    /// `course doc` lists all, `course doc Queue` shows a type with its methods, and `course doc
    /// get_timeout` methods of that name. With `--open` the same in the browser.
    Doc(learner::DocArgs),
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
    #[command(after_help = check::EXAMPLES)]
    Check(check::CheckArgs),
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
    /// Print the schema of the reports for programs, or of what grading writes
    Schema(learner::SchemaArgs),
    /// Run an exercise plainly, with nothing in between
    ///
    /// Runs the program with cargo, under the operating system's own scheduler, as you would run
    /// any other. Its exit status is passed on.
    Run(check::RunArgs),
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
    Replay(check::ReplayArgs),
    /// For those who write exercises
    #[command(subcommand)]
    Author(author::AuthorCommand),
    /// Print the completions of the command line for a shell
    Completions(learner::CompletionsArgs),
    /// Print the manual page
    Man(learner::ManArgs),
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
mod tests;
