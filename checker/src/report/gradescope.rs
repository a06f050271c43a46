//! The report as Gradescope reads it: `results.json`, a visible test an exercise.
//!
//! There is no score at the top level, since it would override the sum; and no hidden test, since
//! learners would then not see the sum.

use serde::Serialize;

use crate::message;
use crate::report::entry::{Entry, Status};
use crate::report::json;

#[derive(Serialize)]
struct Results {
    output: String,
    output_format: &'static str,
    test_output_format: &'static str,
    test_name_format: &'static str,
    visibility: &'static str,
    stdout_visibility: &'static str,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    score: f64,
    max_score: f64,
    status: &'static str,
    name: String,
    number: String,
    output: String,
    visibility: &'static str,
}

/// The report on all exercises checked.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn report(entries: &[Entry]) -> anyhow::Result<String> {
    let test = |(index, entry): (usize, &Entry)| Test {
        score: rounded(entry.points.into()),
        max_score: rounded(entry.max_points.into()),
        status: match entry.status() {
            Status::Pass => "passed",
            Status::Fail | Status::Error => "failed",
        },
        name: format!("{}: {}", entry.exercise, entry.title),
        number: (index + 1).to_string(),
        output: entry.text.clone(),
        visibility: "visible",
    };
    let tests = entries.iter().enumerate().map(test).collect();
    let passed = entries.iter().filter(|it| it.status() == Status::Pass);
    let output = message::grade::passed_of(passed.count(), entries.len());
    results(output, tests)
}

/// A report that says only that nothing could be checked.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn fault(reason: &str) -> anyhow::Result<String> {
    let failed = Test {
        score: 0.0,
        max_score: 0.0,
        status: "failed",
        name: message::grade::autograder_failed().to_owned(),
        number: "1".to_owned(),
        output: reason.to_owned(),
        visibility: "visible",
    };
    results(message::grade::not_your_fault().to_owned(), vec![failed])
}

fn results(output: String, tests: Vec<Test>) -> anyhow::Result<String> {
    json::pretty(&Results {
        output,
        output_format: "text",
        test_output_format: "text",
        test_name_format: "text",
        visibility: "visible",
        stdout_visibility: "hidden",
        tests,
    })
}

/// Sums of scores are shown: five places are enough, and hide what binary fractions add.
fn rounded(score: f64) -> f64 {
    (score * 1e5).round() / 1e5
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn a_score_has_at_most_five_places() {
        assert_eq!(rounded(0.1 + 0.2), 0.3);
        assert_eq!(rounded(4.0), 4.0);
        assert_eq!(rounded(1.0 / 3.0), 0.33333);
    }
}
