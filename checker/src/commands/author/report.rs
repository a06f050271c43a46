//! The report of `course author check`, for people and for programs.

use serde::Serialize;

use crate::commands::author::answers::Answer;
use crate::commands::author::proof::Detection;
use crate::facts::{Cause, Verdict};
use crate::message::author as message;
use crate::report::json;

/// How well a wrong answer is found.
pub struct Row {
    /// The exercise.
    pub exercise: String,
    /// The answer.
    pub answer: Answer,
    /// What its check showed.
    pub detection: Detection,
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The exercise; `None` where it concerns the whole course.
    pub exercise: Option<String>,
    /// What, in a sentence without a period.
    pub message: String,
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    tool: &'static str,
    schedules: u32,
    seeds: u64,
    answers: Vec<Entry<'a>>,
    faults: &'a [Fault],
}

#[derive(Serialize)]
struct Entry<'a> {
    exercise: &'a str,
    file: &'a str,
    verdict: Verdict,
    cause: Option<Cause>,
    schedules: u32,
    failed_schedules: u32,
    median: Option<u32>,
    worst: Option<u32>,
    missed: usize,
}

impl<'a> From<&'a Row> for Entry<'a> {
    fn from(row: &'a Row) -> Self {
        Entry {
            exercise: &row.exercise,
            file: &row.answer.shown,
            verdict: row.answer.expected.verdict,
            cause: row.answer.expected.cause,
            schedules: row.detection.schedules,
            failed_schedules: row.detection.failed,
            median: row.detection.median(),
            worst: row.detection.worst(),
            missed: row.detection.missed(),
        }
    }
}

/// The report for programs.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn json(rows: &[Row], faults: &[Fault], schedules: u32, seeds: u64) -> anyhow::Result<String> {
    json::pretty(&Report {
        version: json::VERSION,
        tool: json::TOOL,
        schedules,
        seeds,
        answers: rows.iter().map(Entry::from).collect(),
        faults,
    })
}

/// A line of an exercise's table, whose longest name is so wide.
pub fn line(row: &Row, width: usize) -> String {
    let (answer, detection) = (&row.answer, &row.detection);
    let verdict = message::verdict_and_cause(answer.expected.verdict, answer.expected.cause);
    let number = |it: Option<u32>| it.map_or("-".to_owned(), |it| it.to_string());
    let rate = format!("{}/{}", detection.failed, detection.schedules);
    let (median, worst) = (number(detection.median()), number(detection.worst()));
    let name = &answer.name;
    format!("  {name:width$}  {rate:>9}  {median:>3}  {worst:>3}  {verdict}\n")
}

/// What does not hold, a line each.
pub fn faults(faults: &[Fault]) -> String {
    let line = |fault: &Fault| match &fault.exercise {
        Some(exercise) => format!("  {exercise}: {}\n", fault.message),
        None => format!("  {}\n", fault.message),
    };
    let lines: String = faults.iter().map(line).collect();
    format!("{}{lines}", message::faults(faults.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::author::answers::Expected;
    use crate::facts::Verdict;

    fn row(name: &str, first: &[Option<u32>]) -> Row {
        let expected = Expected {
            verdict: Verdict::Deadlock,
            cause: Some(Cause::LockCycle),
        };
        Row {
            exercise: "05_lock/1_two_lines".to_owned(),
            answer: Answer {
                path: std::path::PathBuf::new(),
                shown: format!("tests/wrong/05_lock/1_two_lines/{name}.rs"),
                name: name.to_owned(),
                expected,
            },
            detection: Detection {
                schedules: 1000,
                failed: 553,
                first: first.to_vec(),
                seeds: first.len(),
            },
        }
    }

    #[test]
    fn a_table_has_a_line_for_each_wrong_answer() {
        let rows = [
            row("no_lock", &[Some(2), Some(31), Some(1)]),
            row("sleeps_for_long", &[None, None, Some(7)]),
        ];
        let table: String = rows.iter().map(|row| line(row, 15)).collect();
        insta::assert_snapshot!(table, @r"
        no_lock           553/1000    2   31  deadlock, cause: lock_cycle
        sleeps_for_long   553/1000    -    7  deadlock, cause: lock_cycle
        ");
    }

    #[test]
    fn what_does_not_hold_is_listed() {
        let fault = |exercise: Option<&str>| Fault {
            exercise: exercise.map(str::to_owned),
            message: "it is wrong".to_owned(),
        };
        let told = faults(&[fault(Some("05_lock/1_two_lines")), fault(None)]);
        insta::assert_snapshot!(told, @r"
        2 things do not hold:
          05_lock/1_two_lines: it is wrong
          it is wrong
        ");
        assert_eq!(faults(&[]), "Everything holds.\n");
    }

    #[test]
    fn programs_read_the_same_numbers() {
        let report = json(&[row("no_lock", &[Some(2), None])], &[], 1000, 2).expect("JSON");
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        let answer = &report["answers"][0];
        assert_eq!(answer["verdict"], "deadlock");
        assert_eq!(
            (&answer["worst"], &answer["missed"]),
            (&2.into(), &1.into())
        );
        assert!(answer["median"].is_null());
    }
}
