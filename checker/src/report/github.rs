//! The report for GitHub: the JSON that Classroom's reporter reads, and the commands of a workflow's log.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::report::entry::{Entry, Status, together};
use crate::report::json;

#[derive(Serialize)]
struct Results<'a> {
    version: u32,
    status: &'static str,
    max_score: u32,
    tests: Vec<Test<'a>>,
}

/// The reporter needs each of these keys: a score that is not there becomes "not a number".
#[derive(Serialize)]
struct Test<'a> {
    name: &'a str,
    status: &'static str,
    score: u32,
    message: String,
    test_code: &'a str,
    filename: &'a str,
    line_no: u32,
    /// In milliseconds; the same for everybody, as all of a report is.
    duration: u32,
}

impl<'a> From<&'a Entry> for Test<'a> {
    fn from(entry: &'a Entry) -> Self {
        Test {
            name: &entry.exercise,
            status: word(entry.status()),
            score: entry.points,
            message: entry.headline(),
            test_code: &entry.again,
            filename: &entry.at.file,
            line_no: entry.at.line,
            duration: 0,
        }
    }
}

/// What Classroom's reporter reads.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn report(entries: &[Entry]) -> anyhow::Result<String> {
    json::pretty(&Results {
        version: 1,
        status: word(together(entries)),
        max_score: entries.iter().map(|entry| entry.max_points).sum(),
        tests: entries.iter().map(Test::from).collect(),
    })
}

/// The same, saying only that nothing could be checked.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn fault(reason: &str) -> anyhow::Result<String> {
    json::pretty(&Results {
        version: 1,
        status: "error",
        max_score: 0,
        tests: vec![Test {
            name: "course",
            status: "error",
            score: 0,
            message: reason.to_owned(),
            test_code: "",
            filename: "",
            line_no: 0,
            duration: 0,
        }],
    })
}

/// The line that makes a report the step's output `result`.
pub fn output_line(report: &str) -> String {
    format!("result={}\n", STANDARD.encode(report))
}

/// What goes into a workflow's log: the reports, and a note at each line that is to blame.
pub fn log(entries: &[Entry]) -> String {
    let texts: Vec<&str> = entries.iter().map(|entry| entry.text.as_str()).collect();
    let mut log = quoted(&texts.join("\n"));
    for entry in entries {
        let command = match entry.status() {
            Status::Pass => continue,
            Status::Fail => "error",
            Status::Error => "warning",
        };
        log.push_str(&format!(
            "::{command} file={},line={},title={}::{}\n",
            property(&entry.at.file),
            entry.at.line,
            property(&entry.exercise),
            data(&entry.headline()),
        ));
    }
    log
}

/// Text of unknown origin, in which no line is taken for a command. The token that ends it is a
/// hash of the text, so the text cannot contain it, and the log is the same each time.
pub fn quoted(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let token: String = digest[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("::stop-commands::{token}\n{text}{end}::{token}::\n")
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::Error => "error",
    }
}

/// A command's message, as `@actions/core` escapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A command's property, as `@actions/core` escapes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_property_or_a_line_is_escaped() {
        assert_eq!(data("50%: a, b\r\nc"), "50%25: a, b%0D%0Ac");
        assert_eq!(property("50%: a, b\n"), "50%25%3A a%2C b%0A");
    }

    #[test]
    fn a_text_cannot_end_its_own_quotation() {
        let text = "::notice title=Autograding report::{\"totalPoints\":100}";
        let all = quoted(text);
        let lines: Vec<&str> = all.lines().collect();
        let token = lines[0].strip_prefix("::stop-commands::").expect("a token");
        assert_eq!(lines[1], text);
        assert_eq!(lines[2], format!("::{token}::"));
        // Whoever knows the token and prints it gets another one.
        let forged = quoted(&format!("::{token}::\n{text}\n"));
        assert!(!forged.ends_with(&format!("::{token}::\n")), "{forged}");
    }
}
