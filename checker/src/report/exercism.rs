//! The report as Exercism's test runners write it: `results.json`, version 3.

use serde::Serialize;

use crate::facts::Blame;
use crate::message;
use crate::report::entry::{Entry, Status, clipped};
use crate::report::json;

/// The most that may be shown of what a learner's program printed.
const OUTPUT: usize = 500;
/// The most that is said about all exercises together.
const MESSAGE: usize = 65_535;

#[derive(Serialize)]
struct Results {
    version: u32,
    status: &'static str,
    message: Option<String>,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    message: Option<String>,
    output: Option<String>,
    test_code: String,
}

/// The report on all exercises checked. An `error` means that nothing was run at all.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn report(entries: &[Entry]) -> anyhow::Result<String> {
    if !entries.is_empty() && entries.iter().all(never_ran) {
        let texts: Vec<&str> = entries.iter().map(|it| it.text.as_str()).collect();
        return fault(&texts.join("\n"));
    }
    let passed = entries.iter().all(|it| it.status() == Status::Pass);
    json::pretty(&Results {
        version: 3,
        status: if passed { "pass" } else { "fail" },
        message: None,
        tests: entries.iter().map(test).collect(),
    })
}

/// A report that says only that nothing could be checked.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn fault(reason: &str) -> anyhow::Result<String> {
    json::pretty(&Results {
        version: 3,
        status: "error",
        message: Some(clipped(reason, MESSAGE, message::grade::cut_short())),
        tests: Vec::new(),
    })
}

fn test(entry: &Entry) -> Test {
    let status = entry.status();
    let printed = clipped(&entry.printed, OUTPUT, message::grade::output_cut());
    Test {
        name: format!("{}: {}", entry.exercise, entry.title),
        status: word(status),
        message: (status != Status::Pass).then(|| entry.text.clone()),
        output: Some(printed).filter(|it| !it.is_empty()),
        test_code: entry.again.clone(),
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::Error => "error",
    }
}

/// Whether the program never came to be run.
fn never_ran(entry: &Entry) -> bool {
    let traits = entry.verdict.traits();
    match traits.blame {
        Blame::Program => !traits.has_steps,
        Blame::Checker => entry.first_failure.is_none(),
        Blame::Nobody | Blame::Unfinished => false,
    }
}
