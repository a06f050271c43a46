//! Verdicts: what a schedule, and in the end an exercise, is judged to be.

use std::path::PathBuf;
use std::time::Duration;

use sched_model::run::{Run, Site};
use serde::{Deserialize, Serialize};

use crate::facts::fact::{Detail, Fact, Label};
use crate::facts::named::named;
use crate::facts::{Cause, Counterexample, Memory};

named! {
    /// What is wrong with a program, or that nothing was found; most severe first.
    ///
    /// The order is the order of severity: the report's verdict is the least of those seen.
    Verdict {
        /// The program does not compile.
        BuildError = "build_error",
        /// The learner's part redefines what the given part uses.
        NotAllowed = "not_allowed",
        /// The stub is untouched, or a `todo!()` was reached.
        Pending = "pending",
        /// The output is wrong already in schedule 0.
        WrongOutput = "wrong_output",
        /// A panic ended a process, or main's exit status is not 0.
        Panic = "panic",
        /// Some task that is no daemon can never go on.
        Deadlock = "deadlock",
        /// The remaining tasks repeat the same states for ever.
        Livelock = "livelock",
        /// A task computes for ever without a scheduling point.
        EndlessLoop = "endless_loop",
        /// Unordered accesses to unsynchronised memory.
        DataRace = "data_race",
        /// Right in schedule 0, wrong in another.
        WrongOrder = "wrong_order",
        /// A requirement of the exercise does not hold.
        Requirement = "requirement",
        /// Something was left behind at the end.
        Leak = "leak",
        /// More was printed than allowed.
        TooMuchOutput = "too_much_output",
        /// More memory was asked for than allowed.
        OutOfMemory = "out_of_memory",
        /// The program reached another limit of what a run or a check may do, as it does each time.
        OverLimit = "over_limit",
        /// The checker cannot tell; never the learner's fault.
        Inconclusive = "inconclusive",
        /// Nothing was found in the schedules run.
        Passed = "passed",
    }
}

/// Whose fault a verdict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// Nobody's: all is well, as far as was seen.
    Nobody,
    /// Nobody's yet: there is still something to be done.
    Unfinished,
    /// The program's.
    Program,
    /// The checker's.
    Checker,
}

/// Whether a failing schedule is run once more for the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rerun {
    /// No: there is none, or it would cost seconds.
    Never,
    /// Yes, to see that it fails again.
    ToConfirm,
    /// Yes, and then with fewer and fewer switches, as long as it fails in the same way.
    ToShrink,
}

/// What holds for all findings of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Whose fault it is.
    pub blame: Blame,
    /// Whether there is a schedule that can be gone through step by step.
    pub has_steps: bool,
    /// Whether such a schedule is run once more.
    pub rerun: Rerun,
    /// Whether more schedules would tell nothing new, or each cost seconds.
    pub ends_check: bool,
    /// The rungs of the ladder of points that are reached: if it was seen in the natural schedule,
    /// and if it was seen in another one.
    pub rungs: [u32; 2],
}

impl Verdict {
    /// What holds for this one.
    #[rustfmt::skip]
    pub fn traits(self) -> Traits {
        use Blame::{Checker, Nobody, Program, Unfinished};
        use Rerun::{Never, ToConfirm, ToShrink};
        use Verdict::*;
        let all = |blame, has_steps, rerun, ends_check, rungs| {
            Traits { blame, has_steps, rerun, ends_check, rungs }
        };
        match self {
            //                   blame       steps  rerun      ends   rungs
            BuildError    => all(Program,    false, Never,     false, [0, 0]),
            NotAllowed    => all(Program,    false, Never,     false, [0, 0]),
            Pending       => all(Unfinished, false, Never,     true,  [0, 0]),
            WrongOutput   => all(Program,    true,  ToConfirm, false, [0, 0]),
            Panic         => all(Program,    true,  ToShrink,  false, [0, 1]),
            Deadlock      => all(Program,    true,  ToShrink,  false, [0, 2]),
            Livelock      => all(Program,    true,  ToShrink,  true,  [0, 2]),
            EndlessLoop   => all(Program,    true,  Never,     true,  [0, 2]),
            // The output may be right in schedule 0 although accesses race.
            DataRace      => all(Program,    true,  ToShrink,  false, [1, 1]),
            WrongOrder    => all(Program,    true,  ToShrink,  false, [0, 1]),
            Requirement   => all(Program,    true,  ToShrink,  false, [3, 3]),
            Leak          => all(Program,    true,  ToShrink,  false, [3, 3]),
            TooMuchOutput => all(Program,    true,  Never,     true,  [0, 2]),
            OutOfMemory   => all(Program,    true,  Never,     true,  [0, 2]),
            OverLimit     => all(Program,    true,  Never,     true,  [0, 2]),
            Inconclusive  => all(Checker,    true,  Never,     true,  [0, 2]),
            Passed        => all(Nobody,     false, Never,     false, [RUNGS, RUNGS]),
        }
    }
}

/// The rungs of the ladder of points: right, then also safe, then also live, then also concurrent
/// and clean.
pub const RUNGS: u32 = 4;

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
    /// What happened, and to whom.
    pub fact: Fact,
    /// The line that matters most.
    pub at: Option<Place>,
    /// Further lines, with a note on each, for the excerpt.
    pub labels: Vec<(Place, Label)>,
}

impl Finding {
    /// One that was put into words already.
    pub fn told(verdict: Verdict, sentence: String, at: Option<Place>) -> Finding {
        Finding {
            verdict,
            fact: Fact::Told(sentence),
            at,
            labels: Vec::new(),
        }
    }
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
    pub cause: Option<Cause>,
    /// The other verdicts seen, most severe first.
    pub also: Vec<Verdict>,
    /// Points reached.
    pub points: u32,
    /// The rung of the ladder that they are for, of [`RUNGS`].
    pub rung: u32,
    /// Points there are.
    pub max_points: u32,
    /// Schedules judged, over all rows of arguments.
    pub schedules: u32,
    /// How many of them showed something wrong.
    pub failed_schedules: u32,
    /// How many showed this verdict, if others showed only another one.
    pub showed: Option<u32>,
    /// How far all schedules with few preemptions were run, if they were.
    pub exhaustive: Option<Exhaustive>,
    /// Further schedules in which std did what it may and mostly does not, of which none failed.
    pub liberties: u32,
    /// Whether a value may have been older than the newest in some of these.
    pub weak: bool,
    /// Whether the memory of unsafe code was watched; `None` where there is no such code.
    pub memory: Option<Memory>,
    /// Whether nobody said what is to be printed, so that schedules were compared with each other.
    pub nothing_expected: bool,
    /// The first schedule that showed the verdict.
    pub first_failure: Option<FirstFailure>,
    /// Whether all schedules with its arguments show something wrong, and none with others do.
    pub only_these: bool,
    /// The finding behind the verdict.
    pub finding: Option<Finding>,
    /// What else a person wants to read: compiler output, a transcript diff, the panic message, the cycle.
    pub details: Vec<Detail>,
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
            rung: 0,
            max_points,
            schedules: 0,
            failed_schedules: 0,
            showed: None,
            exhaustive: None,
            liberties: 0,
            weak: false,
            memory: None,
            nothing_expected: false,
            first_failure: None,
            only_these: false,
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
    /// Explaining them: running some again, making the failing one small, finding its cause.
    pub explain: Duration,
    /// What was started for the schedules.
    pub explored: Started,
    /// What was started in all.
    pub started: Started,
}

/// How long runs are of which there were fewer than asked for, in scheduling points if not said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Long {
    /// When nobody is disturbed.
    pub undisturbed: u32,
    /// Whether that is so long that tasks are seldom interrupted.
    pub seldom: bool,
    /// Basic blocks of code that are computed when nobody is disturbed, if that is what takes long.
    pub computed: Option<u64>,
    /// The longest.
    pub most: u32,
    /// Its schedule.
    pub schedule: u32,
}

/// What was started: for schedules, and to show a failure once more and make it small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// Runs of the program.
    pub runs: u64,
    /// Processes, `main` of each run included.
    pub processes: u64,
    /// Threads, not counting the one that each process begins with.
    pub threads: u64,
    /// Whether some used more plain memory than can be watched.
    #[serde(skip)]
    pub memory_left_out: bool,
    /// What the runs took, in counts: [`Run::work`].
    #[serde(skip)]
    pub work: u64,
    /// CPU time of the runs, and of whoever made and judged them.
    #[serde(skip)]
    pub cpu: Duration,
}

impl Started {
    /// One more run.
    pub fn add(&mut self, run: &Run) {
        let tasks = run.tasks.iter().enumerate();
        let processes = tasks.filter(|(id, task)| task.process == *id).count();
        self.runs += 1;
        self.processes += processes as u64;
        self.threads += (run.tasks.len() - processes) as u64;
        self.memory_left_out |= run.memory_left_out;
        self.work += run.work();
    }
}
