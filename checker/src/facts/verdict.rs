//! Verdicts: what a schedule, and in the end an exercise, is judged to be.

use std::path::PathBuf;
use std::time::Duration;

use sched::run::{Run, Site};
use serde::{Deserialize, Serialize};

use crate::facts::Counterexample;

/// What is wrong with a program, or that nothing was found; most severe first.
///
/// The order is the order of severity: the report's verdict is the least of those seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The program does not compile.
    BuildError,
    /// The learner's part redefines what the given part uses.
    NotAllowed,
    /// The stub is untouched, or a `todo!()` was reached.
    Pending,
    /// The output is wrong already in schedule 0.
    WrongOutput,
    /// A panic ended a process, or main's exit status is not 0.
    Panic,
    /// Some task that matters can never go on.
    Deadlock,
    /// The remaining tasks repeat the same states for ever.
    Livelock,
    /// A task computes for ever without a scheduling point.
    EndlessLoop,
    /// Unordered accesses to unsynchronised memory.
    DataRace,
    /// Right in schedule 0, wrong in another.
    WrongOrder,
    /// A requirement of the exercise does not hold.
    Requirement,
    /// Something was left behind at the end.
    Leak,
    /// More was printed than allowed.
    TooMuchOutput,
    /// More memory was asked for than allowed.
    OutOfMemory,
    /// The checker cannot tell; never the learner's fault.
    Inconclusive,
    /// Nothing was found in the schedules run.
    Passed,
}

/// A line of a source file, relative to the course's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path with forward slashes.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

impl Place {
    /// The line of a site.
    pub fn of(site: &Site) -> Place {
        Place {
            file: site.file.to_string(),
            line: site.line,
        }
    }
}

/// One thing found wrong, in one schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub verdict: Verdict,
    /// One plain sentence without a final period, naming tasks, objects and lines.
    pub message: String,
    /// The line that matters most.
    pub at: Option<Place>,
    /// Further lines with what to say about each, for the excerpt.
    pub labels: Vec<(Place, String)>,
}

/// The schedule in which something was first seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstFailure {
    /// The row of arguments.
    pub args: Vec<String>,
    /// The schedule's number within that row.
    pub schedule: u32,
}

/// What the check of one exercise came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// `05_lock/1_two_lines`.
    pub exercise: String,
    /// Its title from course.toml.
    pub title: String,
    /// The file that was checked.
    pub file: PathBuf,
    /// The most severe verdict seen.
    pub verdict: Verdict,
    /// Cause, where one was found.
    pub cause: Option<String>,
    /// The other verdicts seen, most severe first.
    pub also: Vec<Verdict>,
    /// Points reached.
    pub points: u32,
    /// Points there are.
    pub max_points: u32,
    /// Schedules judged, over all rows of arguments.
    pub schedules: u32,
    /// How many of them showed something wrong.
    pub failed_schedules: u32,
    /// How far all schedules with few preemptions were run, if they were.
    pub exhaustive: Option<Exhaustive>,
    /// Whether nobody said what is to be printed, so that schedules were compared with each other.
    pub nothing_expected: bool,
    /// The first schedule that showed the verdict.
    pub first_failure: Option<FirstFailure>,
    /// The finding behind the verdict.
    pub finding: Option<Finding>,
    /// What else a person wants to read: compiler output, a transcript diff, the panic message, the cycle.
    pub details: Vec<String>,
    /// The hint for what was seen, from course.toml.
    pub hint: Option<String>,
    /// How many hints there are for it, this one included.
    pub hints: usize,
    /// The smallest run found that shows it, where one run does.
    pub counterexample: Option<Box<Counterexample>>,
    /// How long the steps took; never part of the compared report.
    pub timings: Timings,
}

impl Outcome {
    /// One that nothing is known about yet.
    pub fn blank(exercise: &str, title: &str, file: PathBuf, max_points: u32) -> Outcome {
        Outcome {
            exercise: exercise.to_owned(),
            title: title.to_owned(),
            file,
            verdict: Verdict::Inconclusive,
            cause: None,
            also: Vec::new(),
            points: 0,
            max_points,
            schedules: 0,
            failed_schedules: 0,
            exhaustive: None,
            nothing_expected: false,
            first_failure: None,
            finding: None,
            details: Vec::new(),
            hint: None,
            hints: 0,
            counterexample: None,
            timings: Timings::default(),
        }
    }
}

/// How far a systematic exploration came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Exhaustive {
    /// Preemptions of a schedule at most.
    pub preemptions: u32,
    /// Schedules run.
    pub schedules: u32,
    /// Whether these are all there are.
    pub complete: bool,
    /// Whether random schedules were run, too.
    #[serde(skip)]
    pub besides: bool,
}

/// Wall time by step, and what it was spent on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timings {
    /// Reading the source and running rustc.
    pub compile: Duration,
    /// Running the schedules.
    pub explore: Duration,
    /// Judging and explaining them.
    pub judge: Duration,
    /// What was started.
    pub started: Started,
}

/// What was started: for schedules, and to show a failure once more and make it small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// Runs of the program.
    pub runs: u64,
    /// Processes, `main` of each run included.
    pub processes: u64,
    /// Threads besides the one that each process begins with.
    pub threads: u64,
}

impl Started {
    /// One more run.
    pub fn add(&mut self, run: &Run) {
        let tasks = run.tasks.iter().enumerate();
        let processes = tasks.filter(|(id, task)| task.process == *id).count();
        self.runs += 1;
        self.processes += processes as u64;
        self.threads += (run.tasks.len() - processes) as u64;
    }
}
