//! A finding with the lines of source that it is about, as rustc would show them.

use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Message, Origin, Renderer, Snippet,
};

use crate::facts::{Blame, Finding, Place};
use crate::message;
use crate::message::plain;

/// Gives the text of a file that a report names.
pub type Source<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Columns before the text of a note: up to four digits of a line number, and the frame.
const NOTE: usize = 14;

/// The finding, the lines it is about, and notes below them, in lines of this width.
pub fn excerpt(finding: &Finding, notes: &[String], source: Source, width: usize) -> String {
    let title = level(finding).primary_title(title(finding, width));
    let mut group = Group::with_title(title);
    for file in files(finding) {
        group = match source(file) {
            Some(text) => group.element(snippet(finding, file, seen(&text), width)),
            None => group.elements(origins(finding, file)),
        };
    }
    for note in notes {
        let before = " ".repeat(NOTE);
        let wrapped = plain::wrap_to(width, &before, &plain::line(note));
        let lines: Vec<&str> = wrapped.lines().map(str::trim_start).collect();
        group = group.element(Level::NOTE.message(lines.join("\n")));
    }
    let renderer = Renderer::styled().term_width(width);
    let text = renderer.render(&[group]);
    // Where there is no line to be shown, there is none beside which a rule would stand.
    let is_rule = |line: &str| anstream::adapter::strip_str(line).to_string().trim() == "|";
    let no_lines = files(finding).is_empty();
    let lines = text.lines().filter(|line| !(no_lines && is_rule(line)));
    lines.map(|line| format!("{line}\n")).collect()
}

/// How many lines the message of a finding takes, with which its excerpt begins.
pub fn title_lines(finding: &Finding, width: usize) -> usize {
    title(finding, width).lines().count()
}

/// The message in lines that fit behind the name of the level; the renderer indents them.
fn title(finding: &Finding, width: usize) -> String {
    let before = format!("{}: ", message::headline_of(finding.verdict, Some(finding)));
    let sentence = message::finding::sentence(finding);
    // The output of cargo or the linker, shown when the tool fails, has a layout of its own.
    let message = match finding.verdict.traits().blame {
        Blame::Checker => plain::block(&sentence),
        Blame::Nobody | Blame::Unfinished | Blame::Program => plain::line(&sentence),
    };
    let wrapped = plain::wrap_to(width, &before, &message);
    let lines: Vec<&str> = wrapped.lines().map(str::trim_start).collect();
    let text = lines.join("\n");
    text.strip_prefix(&before).unwrap_or(&text).to_owned()
}

/// How bad it is, named by the verdict in plain words.
fn level(finding: &Finding) -> Level<'static> {
    let verdict = finding.verdict;
    let level = match verdict.traits().blame {
        Blame::Unfinished => Level::HELP,
        Blame::Checker => Level::WARNING,
        Blame::Nobody => Level::NOTE,
        Blame::Program => Level::ERROR,
    };
    level.with_name(message::headline_of(verdict, Some(finding)))
}

/// The files that the finding names, that of its line first.
fn files(finding: &Finding) -> Vec<&str> {
    let places = finding
        .at
        .iter()
        .chain(finding.labels.iter().map(|it| &it.0));
    let mut files = Vec::new();
    for place in places {
        if !files.contains(&place.file.as_str()) {
            files.push(&place.file);
        }
    }
    files
}

/// The lines of one file with what is to be said about each.
fn snippet<'a>(
    finding: &'a Finding,
    file: &'a str,
    text: String,
    width: usize,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let mut annotations = Vec::new();
    for (place, label) in marks(finding, file) {
        if let Some(span) = span(&text, place.line) {
            let is_primary = finding.at.as_ref() == Some(place);
            let kind = if is_primary {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let span = beside(&text, span, label.as_deref().unwrap_or(""), width);
            annotations.push(kind.span(span).label(label));
        }
    }
    Snippet::source(text)
        .path(plain::line(file))
        .annotations(annotations)
}

/// The part of a line to underline: all of it if the label then fits beside it, else its first
/// word.
fn beside(text: &str, span: Range<usize>, label: &str, width: usize) -> Range<usize> {
    // Up to four digits of the line's number, and the rule.
    const GUTTER: usize = 7;
    let before = text[..span.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let columns = plain::columns(&text[before..span.end]) + 1 + plain::columns(label);
    if GUTTER + columns <= width {
        return span;
    }
    let line = &text[span.clone()];
    let word = line.find([' ', '(']).unwrap_or(line.len());
    span.start..span.start + word
}

/// Each line that is to be marked, in whatever file, once, with its label.
pub fn all_marks(finding: &Finding) -> Vec<(&Place, Option<String>)> {
    let files = files(finding).into_iter();
    files.flat_map(|file| marks(finding, file)).collect()
}

/// Each line of a file that is to be marked, once, with its label.
pub fn marks<'a>(finding: &'a Finding, file: &str) -> Vec<(&'a Place, Option<String>)> {
    let mut marks: Vec<(&Place, Option<String>)> = Vec::new();
    let own = finding.at.iter().map(|place| (place, None));
    let labels = finding
        .labels
        .iter()
        .map(|(place, label)| (place, Some(plain::line(&message::finding::label(label)))));
    for (place, label) in own.chain(labels).filter(|(place, _)| place.file == file) {
        match marks.iter_mut().find(|(other, _)| *other == place) {
            Some((_, first)) => {
                let both = [first.take(), label]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>();
                *first = (!both.is_empty()).then(|| both.join("; "));
            }
            None => marks.push((place, label)),
        }
    }
    marks
}

/// The places in a file that cannot be read, without their lines.
fn origins<'a>(finding: &'a Finding, file: &'a str) -> Vec<Element<'a>> {
    let mut elements: Vec<Element> = Vec::new();
    for (place, label) in marks(finding, file) {
        let origin = Origin::path(plain::line(file)).line(place.line as usize);
        elements.push(origin.into());
        elements.extend(label.map(|label| -> Element { note(label).into() }));
    }
    elements
}

fn note(text: String) -> Message<'static> {
    Level::NOTE.message(text)
}

/// A source text as it can be shown, with the same lines: invisible characters are replaced.
pub fn seen(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let safe = |c| {
        if plain::is_harmful(c) && c != '\n' && c != '\t' {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(safe).collect()
}

/// The bytes of a line without the spaces around it; `None` if there is no such line.
pub fn span(text: &str, line: u32) -> Option<Range<usize>> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let before: usize = text.split_inclusive('\n').take(index).map(str::len).sum();
    let line = text.split_inclusive('\n').nth(index)?;
    let start = before + (line.len() - line.trim_start().len());
    let end = before + line.trim_end().len();
    Some(start.min(end)..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_marked_without_the_spaces_around_it() {
        let text = "one\n  two  \n\nlast";
        assert_eq!(span(text, 1), Some(0..3));
        assert_eq!(span(text, 2), Some(6..9));
        assert_eq!(span(text, 3), Some(12..12));
        assert_eq!(span(text, 4), Some(13..17));
        assert_eq!(span(text, 5), None);
        assert_eq!(span(text, 0), None);
    }
}
