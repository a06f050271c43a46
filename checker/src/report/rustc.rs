//! The report for editors: each diagnostic in a line of JSON, as cargo hands on rustc's.
//!
//! rust-analyzer reads these lines from its `check.overrideCommand`. It shows the primary span, makes
//! related information of labelled secondary spans, and adds children without spans to the message.
//! The formats: "External tools" in the Cargo book, "JSON Output" in the rustc book.

use std::path::Path;

use serde_json::{Value, json};

use crate::facts::{Blame, Outcome, Place};
use crate::message;
use crate::message::plain;
use crate::report::excerpt::{self, Source};
use crate::report::pointed::Pointed;

/// The program that lines are about, as cargo would name it.
pub struct Unit {
    package: String,
    manifest: String,
    program: String,
    file: String,
}

impl Unit {
    /// The program `program` in `file`, of the package in the folder `package`.
    pub fn new(package: &Path, program: &str, file: &Path) -> Unit {
        let folder = package.display();
        Unit {
            package: format!("path+file://{folder}#{}", env!("CARGO_PKG_VERSION")),
            manifest: format!("{folder}/Cargo.toml"),
            program: program.to_owned(),
            file: file.display().to_string(),
        }
    }

    /// A diagnostic as cargo hands it on.
    pub fn line(&self, diagnostic: &Value) -> String {
        let target = json!({
            "kind": ["bin"], "crate_types": ["bin"], "name": self.program, "src_path": self.file,
            "edition": "2024", "doc": true, "doctest": false, "test": true,
        });
        one_line(&json!({
            "reason": "compiler-message", "package_id": self.package,
            "manifest_path": self.manifest, "target": target, "message": diagnostic,
        }))
    }
}

/// What cargo says when it is done.
pub fn finished(success: bool) -> String {
    one_line(&json!({ "reason": "build-finished", "success": success }))
}

fn one_line(value: &Value) -> String {
    // Only in strings, where the code of a character means the character.
    let text = value
        .to_string()
        .replace(plain::COMMAND_ANYWHERE, "#\\u0023[");
    format!("{text}\n")
}

/// What of rustc's own words is about some line; its closing words are about none.
pub fn of_rustc(said: &str) -> Option<Value> {
    let diagnostic: Value = serde_json::from_str(said).ok()?;
    let spans = diagnostic["spans"].as_array()?;
    (!spans.is_empty()).then_some(diagnostic)
}

/// Whether it keeps the program from being built.
pub fn is_error(diagnostic: &Value) -> bool {
    let level = diagnostic["level"].as_str();
    level.is_some_and(|level| level.starts_with("error"))
}

/// What was found, as rustc would say it; `None` for a pass. `text` is the report for people,
/// `replay` the command that goes through the schedule.
pub fn of_outcome(
    outcome: &Outcome,
    file: &str,
    text: &str,
    replay: Option<&str>,
    source: Source,
) -> Option<Value> {
    let level = match outcome.verdict.traits().blame {
        Blame::Nobody => return None,
        Blame::Unfinished => "note",
        Blame::Checker => "warning",
        Blame::Program => "error",
    };
    let pointed = Pointed::of(outcome, file, source);
    let mut spans = vec![span(&pointed.at, pointed.label.as_deref(), true, source)];
    let others = pointed.others.iter();
    spans.extend(others.map(|(place, said)| span(place, Some(said), false, source)));
    // rust-analyzer leaves out the label of the main line where there are other notes.
    let label = pointed.label.map(|label| child("note", &label));
    let why = why(outcome).map(|why| child("help", &message::editor::because(&why)));
    let notes = message::notes(outcome)
        .into_iter()
        .map(|note| child("note", &note));
    let step = replay.map(|replay| child("note", &message::editor::step_by_step(replay)));
    let children: Vec<Value> = label
        .into_iter()
        .chain(why)
        .chain(notes)
        .chain(step)
        .collect();
    Some(json!({
        "$message_type": "diagnostic",
        "message": message::editor::title(outcome),
        // As clippy names its lints: rust-analyzer shows who said it, and what.
        "code": { "code": format!("course::{}", outcome.verdict.name()), "explanation": null },
        "level": level, "spans": spans, "children": children,
        "rendered": anstream::adapter::strip_str(text).to_string(),
    }))
}

/// The mistake behind it, where the run proves one.
pub fn why(outcome: &Outcome) -> Option<String> {
    let counterexample = outcome.counterexample.as_ref()?;
    let explanation = counterexample.explanation.as_ref()?;
    let why = message::cause::why(&counterexample.failing.run, &explanation.why);
    Some(plain::line(&why))
}

fn child(level: &str, text: &str) -> Value {
    json!({
        "message": plain::line(text), "code": null, "level": level, "spans": [], "children": [],
        "rendered": null,
    })
}

/// A line of a file, without the spaces around it.
fn span(place: &Place, label: Option<&str>, is_primary: bool, source: Source) -> Value {
    let text = source(&place.file).unwrap_or_default();
    let bytes = excerpt::span(&text, place.line).unwrap_or_default();
    let begin = text[..bytes.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let end = text[bytes.end..]
        .find('\n')
        .map_or(text.len(), |it| bytes.end + it);
    let column = |byte: usize| text[begin..byte].chars().count() + 1;
    let (first, last) = (column(bytes.start), column(bytes.end));
    let line = text[begin..end].trim_end_matches('\r');
    json!({
        "file_name": place.file, "byte_start": bytes.start, "byte_end": bytes.end,
        "line_start": place.line, "line_end": place.line,
        "column_start": first, "column_end": last, "is_primary": is_primary,
        "text": [{ "text": line, "highlight_start": first, "highlight_end": last }],
        "label": label, "suggested_replacement": null, "suggestion_applicability": null,
        "expansion": null,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Verdict;
    use crate::report::text::tests::{failed, passed};

    const TEXT: &str = "fn work() {\n    printlñ!(); \r\n}\n";

    fn of(outcome: &Outcome) -> Option<Value> {
        of_outcome(outcome, "a.rs", "", None, &|_| Some(TEXT.to_owned()))
    }

    #[test]
    fn a_line_is_pointed_at_in_characters_from_one_and_in_bytes_from_nought() {
        let place = Place {
            file: "a.rs".to_owned(),
            line: 2,
        };
        let span = span(&place, None, true, &|_| Some(TEXT.to_owned()));
        assert_eq!(
            (&span["byte_start"], &span["byte_end"]),
            (&16.into(), &28.into())
        );
        assert_eq!(
            (&span["column_start"], &span["column_end"]),
            (&5.into(), &16.into())
        );
        assert_eq!(span["text"][0]["text"], "    printlñ!(); ");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_still_pointed_at() {
        let place = Place {
            file: "a.rs".to_owned(),
            line: 7,
        };
        let span = span(&place, None, true, &|_| None);
        assert_eq!(
            (&span["line_start"], &span["column_start"]),
            (&7.into(), &1.into())
        );
    }

    #[test]
    fn wrong_is_an_error_what_nobody_can_tell_a_warning_and_a_pass_nothing() {
        assert_eq!(of(&passed()), None);
        let level = |verdict| of(&failed(verdict)).expect("a diagnostic")["level"].clone();
        assert_eq!(level(Verdict::Deadlock), "error");
        assert_eq!(level(Verdict::Inconclusive), "warning");
        assert_eq!(level(Verdict::Pending), "note");
    }

    #[test]
    fn closing_words_of_the_compiler_are_not_handed_on() {
        let closing = r#"{"message":"2 warnings emitted","level":"warning","spans":[]}"#;
        assert_eq!(of_rustc(closing), None);
        assert_eq!(of_rustc("no JSON"), None);
    }
}
