//! The report as JUnit XML, for CI systems: a suite an exercise, with seed and schedule as its properties.
//!
//! A schedule that fails is a failure, never a flaky test: it fails each time it is run. It
//! contains no times, because the same program and seed must give the same report.

use anyhow::Context;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::message::plain;
use crate::report::entry::{Entry, Status};

/// The report on all exercises checked.
///
/// # Errors
///
/// When it cannot be written as XML.
pub fn report(entries: &[Entry]) -> anyhow::Result<String> {
    let mut report = Report::new("course");
    report.add_test_suites(entries.iter().map(suite));
    let text = report.to_string().context("failed to write XML")?;
    // Jenkins' schema knows this count in suites, and not in what holds them.
    let (head, rest) = text.split_once("<testsuite ").unwrap_or((&text, ""));
    let head = head.replacen(" skipped=\"0\"", "", 1);
    Ok(match rest {
        "" => head,
        rest => format!("{head}<testsuite {rest}"),
    })
}

/// A report that says only that nothing could be checked.
///
/// # Errors
///
/// When it cannot be written as XML.
pub fn fault(reason: &str) -> anyhow::Result<String> {
    let status = with_message(NonSuccessKind::Error, "tool", reason, reason);
    let mut suite = TestSuite::new("course");
    suite.add_test_case(TestCase::new("course", status));
    let mut report = Report::new("course");
    report.add_test_suite(suite);
    let text = report.to_string().context("failed to write XML")?;
    Ok(text.replacen(" skipped=\"0\"", "", 1))
}

fn suite(entry: &Entry) -> TestSuite {
    let mut suite = TestSuite::new(entry.exercise.as_str());
    let mut property = |name: &str, value: String| {
        suite.add_property((name, value.as_str()));
    };
    property("verdict", entry.verdict.name().to_owned());
    property("points", entry.points.to_string());
    property("max_points", entry.max_points.to_string());
    property("seed", entry.seed.to_string());
    if let Some(first) = &entry.first_failure {
        property("schedule", first.schedule.to_string());
        property("args", plain::line(&first.args.join(" ")));
    }
    let kind = match entry.status() {
        Status::Pass => None,
        Status::Fail => Some(NonSuccessKind::Failure),
        Status::Error => Some(NonSuccessKind::Error),
    };
    let status = kind.map_or_else(TestCaseStatus::success, |kind| {
        let verdict = entry.verdict.name();
        with_message(kind, verdict, &entry.headline(), &entry.text)
    });
    let mut case = TestCase::new(entry.title.as_str(), status);
    case.set_classname(entry.exercise.replace('/', "."));
    suite.add_test_case(case);
    suite
}

/// `quick_junit` leaves out characters that XML cannot hold even when escaped.
fn with_message(kind: NonSuccessKind, name: &str, message: &str, text: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(name).set_message(plain::line(message));
    status.set_description(plain::block(text));
    status
}
