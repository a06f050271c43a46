//! The arguments of the commands for a class; their comments are the text of `--help`.

use std::path::PathBuf;

use clap::Args;

/// Shown below the help of `course grade`.
pub const EXIT_STATUS: &str = "\
Examples:
  course grade handed-in --out graded      a folder or an archive a learner
  course grade list.txt --out graded       a path a line
  course grade handed-in --out part-2 --partition slice:2/3
  course grade first second --out graded   two tries of the same class
  course merge part-1 part-2 part-3 --out graded

Exit status:
  0  every submission has its grades
  2  the command line cannot be understood, or there is no course here
  3  some could not be judged, or course itself failed: run it again
  130  interrupted: run it again, and it goes on";

/// Arguments of `course grade`.
#[derive(Debug, Args)]
pub struct GradeArgs {
    /// A folder with a folder or archive a learner, or a file with a path a line; several of these
    /// are tries
    #[arg(required = true, value_name = "DIR|LIST")]
    pub class: Vec<PathBuf>,
    /// The folder for results, grades and the page
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Which random schedules to try
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Schedules for each exercise [default: 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub schedules: Option<u32>,
    /// How many submissions to check side by side [default: the cores allowed to course]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Topics, exercises or their files [default: all]
    #[arg(long, value_name = "WHAT", num_args = 1..)]
    pub exercises: Vec<String>,
    /// Grade only a part: slice:K/N, hash:K/N, or auto
    ///
    /// K is from 1 to N. `auto` takes both from the job: a Kubernetes indexed job, a Slurm array,
    /// CI_NODE_INDEX and CI_NODE_TOTAL, or Buildkite.
    #[arg(long, value_name = "PART")]
    pub partition: Option<String>,
    /// How grades are made: deadline, weights, learners [default: grading.toml in the class's
    /// folder or the course's]
    #[arg(long, value_name = "FILE")]
    pub grading: Option<PathBuf>,
    /// Write the answers for Dolos and JPlag, which compare them
    #[arg(long)]
    pub answers: bool,
    /// Write no page for each failing schedule
    #[arg(long)]
    pub no_pages: bool,
    /// How programs are contained
    #[command(flatten)]
    pub sandbox: super::check::SandboxArgs,
    /// Only one submission, for the process that grades the class: PARENT:TRY:NAME
    #[arg(long, hide = true, value_name = "ONE")]
    pub alone: Option<String>,
}

/// Arguments of `course merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The folders that parts were graded into
    #[arg(required = true, value_name = "DIR")]
    pub parts: Vec<PathBuf>,
    /// The folder for all of them together
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// Arguments of `course author package`.
#[derive(Debug, Args)]
pub struct PackageArgs {
    /// For Gradescope: a zip file to be uploaded as autograder
    #[arg(long, required = true)]
    pub gradescope: bool,
    /// Topics, exercises or their files [default: all]
    #[arg(long, value_name = "WHAT", num_args = 1..)]
    pub exercises: Vec<String>,
    /// The file to write
    #[arg(long, value_name = "FILE", default_value = "autograder.zip")]
    pub out: PathBuf,
}
