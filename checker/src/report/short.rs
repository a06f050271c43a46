//! The report in lines that editors and terminals find places in: `file:line:column: error: what`,
//! between a line at the beginning of a check and one at its end.

use crate::facts::{Blame, Outcome, Place};
use crate::message;
use crate::message::plain;
use crate::report::excerpt::{self, Source};
use crate::report::pointed::Pointed;

/// The line at the beginning.
pub fn begun(file: &str) -> String {
    plain::line(&message::editor::begun(file)) + "\n"
}

/// A line for what was found, and one for each other line that it is about; then the line at the end.
pub fn ended(outcome: &Outcome, file: &str, source: Source) -> String {
    let mut lines = Vec::new();
    let level = match outcome.verdict.traits().blame {
        Blame::Nobody => None,
        Blame::Unfinished => Some("note"),
        Blame::Checker => Some("warning"),
        Blame::Program => Some("error"),
    };
    if let Some(level) = level {
        let pointed = Pointed::of(outcome, file, source);
        let title = message::editor::title(outcome);
        lines.push(line(&pointed.at, level, &title, source));
        let label = pointed.label.iter().map(|said| (&pointed.at, said));
        let others = pointed.others.iter().map(|(place, said)| (place, said));
        lines.extend(
            label
                .chain(others)
                .map(|(place, said)| line(place, "note", said, source)),
        );
    }
    lines.push(plain::line(&message::editor::ended(outcome, file)));
    lines.join("\n") + "\n"
}

fn line(place: &Place, level: &str, said: &str, source: Source) -> String {
    let text = source(&place.file).unwrap_or_default();
    let column = excerpt::span(&text, place.line).map_or(1, |span| {
        let begin = text[..span.start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        text[begin..span.start].chars().count() + 1
    });
    let Place { file, line } = place;
    plain::line(&format!("{file}:{line}:{column}: {level}: {said}"))
}
