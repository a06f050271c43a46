//! The course: its exercises and what each asks for.

pub mod duration;
mod file;
pub mod grading;
pub mod lists;
pub mod record;
pub mod require;
pub mod select;
pub mod snapshot;
pub mod submission;
pub mod text;
pub mod workspace;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;

use self::require::Requirements;
use crate::facts::{Seen, Tasks, Verdict};

/// The name of the hints to begin with.
pub const START: &str = "start";

/// All exercises, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The exercises.
    pub exercises: Vec<Exercise>,
}

/// One exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    /// `05_lock/1_two_lines`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The rows of arguments it is checked with; never empty.
    pub rows: Vec<Vec<String>>,
    /// How many of them are ordinary. Those behind them are edges, such as no bakers at all, for
    /// which nothing is required that must be possible in some schedule.
    pub ordinary: usize,
    /// How its transcript is made canonical.
    pub view: View,
    /// What its tasks are.
    pub tasks: Tasks,
    /// What must hold beyond the transcript.
    pub require: Requirements,
    /// The longest delay a schedule may add; `None`: any.
    pub max_delay: Option<Duration>,
    /// Whether its programs may contain unsafe code.
    pub allow_unsafe: bool,
    /// Points there are.
    pub points: u32,
    /// Hints by what was seen (`start`, a verdict or a cause), in levels.
    pub hints: BTreeMap<String, Vec<String>>,
}

/// What of a transcript counts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum View {
    /// All lines in order.
    Exact,
    /// The lines of each task in order.
    ByTask,
    /// Blocks of lines that no other task may interrupt; other lines as in `ByTask`.
    Blocks {
        /// Part of a block's first line.
        first: String,
        /// Part of a block's last line.
        last: String,
    },
    /// The lines without any order.
    Sorted,
    /// The text as it was printed, whoever printed it.
    #[serde(skip)]
    Text,
    /// The lines of all tasks in any order, as the natural schedule prints them.
    #[serde(skip)]
    AsUndisturbed,
}

impl Exercise {
    /// The exercise as which a program of one's own is checked: `id` is its file, `row` its
    /// arguments. Without an expected text its output is compared with that of the natural
    /// schedule.
    pub fn of_program(
        id: String,
        row: Vec<String>,
        max_delay: Option<Duration>,
        expected: bool,
    ) -> Exercise {
        Exercise {
            title: id.clone(),
            id,
            rows: vec![row],
            ordinary: 1,
            view: if expected {
                View::Text
            } else {
                View::AsUndisturbed
            },
            tasks: Tasks::default(),
            require: Requirements::default(),
            max_delay,
            allow_unsafe: true,
            points: 0,
            hints: BTreeMap::new(),
        }
    }

    /// Whether a name can be an exercise's: `NN_topic/K_name`.
    pub fn is_id(name: &str) -> bool {
        file::check_id(name).is_ok()
    }

    /// Whether a row is no edge.
    pub fn is_ordinary(&self, row: &[String]) -> bool {
        self.rows.iter().take(self.ordinary).any(|it| it == row)
    }

    /// The name of its program: `05_lock-1_two_lines`.
    pub fn bin_name(&self) -> String {
        self.id.replace('/', "-")
    }

    /// The name of its solution's program: cargo wants each program's name to be its own.
    pub fn solution_bin_name(&self) -> String {
        self.bin_name() + "-solution"
    }

    /// The hints for what was seen, in levels: those for the cause if there are any, else for the
    /// requirement that does not hold, else for the verdict.
    pub fn hints_for(&self, seen: &Seen) -> Option<&[String]> {
        let verdict = seen.verdict;
        let of = |name: &str| self.hints.get(name);
        let by_cause = seen.cause.and_then(|cause| of(cause.name()));
        let by_requirement = || seen.requirement.and_then(|it| of(it.name()));
        let by_verdict = by_cause
            .or_else(by_requirement)
            .or_else(|| of(verdict.name()));
        // Nothing was tried yet.
        let to_begin = || of(START).filter(|_| verdict == Verdict::Pending);
        by_verdict.or_else(to_begin).map(Vec::as_slice)
    }

    /// The name of a row's snapshot without its folder: `05_lock-1_two_lines@5.snap`.
    pub fn snapshot_name(&self, row: &[String]) -> String {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '_'
            }
        };
        let args: Vec<String> = row
            .iter()
            .map(|arg| arg.chars().map(plain).collect())
            .collect();
        let at = if row.is_empty() { "" } else { "@" };
        format!("{}{at}{}.snap", self.bin_name(), args.join("-"))
    }

    /// Whether a snapshot of this name is of one of its rows, of today or of before.
    pub fn owns_snapshot(&self, name: &str) -> bool {
        let rest = name.strip_prefix(&self.bin_name());
        let rest = rest.and_then(|rest| rest.strip_suffix(".snap"));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('@'))
    }
}

impl Course {
    /// Reads the file; `shown` is the path to name in errors.
    pub fn load(path: &Path, shown: &str) -> anyhow::Result<Course> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("failed to read {shown}"))?;
        file::parse(&text, shown)
    }

    /// A course from the text of its file; every mistake is told with its line.
    ///
    /// # Errors
    ///
    /// When the text is not as it must be.
    pub fn load_text(text: &str) -> anyhow::Result<Course> {
        file::parse(text, "course.toml")
    }

    /// The exercise of this name.
    #[cfg(test)]
    pub fn exercise(&self, id: &str) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| exercise.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Cause, Requirement};

    pub const GOOD: &str = r#"
[exercise."05_lock/1_two_lines"]
title = "Two lines that belong together"
args = [["5"], ["3"]]
view = { blocks = { first = "is running", last = "is done" } }
require = { processes = "$1", overlap = 2, makespan = "1s" }
max_delay = "1.5s"
points = 4
hints.start = ["Look.", "Look again."]
hints.wrong_order = ["Lock."]

[exercise."02_process/1_function"]
title = "A function"
view = "by_task"
tasks = "threads"
points = 2
allow_unsafe = true
"#;

    #[test]
    fn hints_go_by_cause_then_requirement_then_verdict_then_start() {
        let more = "hints.lock_cycle = [\"Order.\"]\nhints.overlap = [\"Together.\"]\n\
                    hints.wrong_order";
        let text = GOOD.replace("hints.wrong_order", more);
        let course = file::parse(&text, "course.toml").expect("parses");
        let hint = |verdict, cause, requirement| {
            let seen = Seen {
                verdict,
                cause,
                requirement,
            };
            let levels = course.exercises[0].hints_for(&seen);
            levels.map(|levels| levels[0].as_str())
        };
        let (cycle, unjoined) = (Some(Cause::LockCycle), Some(Cause::Unjoined));
        let overlap = Some(Requirement::Overlap);
        assert_eq!(hint(Verdict::Deadlock, cycle, None), Some("Order."));
        assert_eq!(hint(Verdict::WrongOrder, unjoined, None), Some("Lock."));
        assert_eq!(hint(Verdict::Requirement, cycle, overlap), Some("Order."));
        assert_eq!(hint(Verdict::Requirement, None, overlap), Some("Together."));
        let polls = Some(Requirement::NoPolling);
        assert_eq!(hint(Verdict::Requirement, None, polls), None);
        assert_eq!(hint(Verdict::Pending, None, None), Some("Look."));
        assert_eq!(hint(Verdict::Panic, None, None), None);
    }

    #[test]
    fn snapshots_are_named_after_program_and_arguments() {
        let course = file::parse(GOOD, "course.toml").expect("parses");
        let name = |row: &[&str]| {
            let row: Vec<String> = row.iter().map(ToString::to_string).collect();
            course.exercises[0].snapshot_name(&row)
        };
        assert_eq!(name(&["5"]), "05_lock-1_two_lines@5.snap");
        assert_eq!(name(&["a/b", "-1"]), "05_lock-1_two_lines@a_b-_1.snap");
        assert_eq!(name(&[]), "05_lock-1_two_lines.snap");
    }
}
