//! The sentences of a stub: those of its header, and those of what it leaves to do.

use crate::facts::given;
use crate::message::author::{TASK, TRY, WHY};

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// In one line.
    pub text: String,
    /// Whether it stands where demands are made.
    pub demands: bool,
}

/// All sentences, in order.
pub fn of(stub: &str) -> Vec<Sentence> {
    let own = given::split(stub).map_or(stub, |(own, _)| own);
    let mut sentences = Vec::new();
    let mut demands = false;
    for paragraph in header(own) {
        // Commands are no sentences.
        if paragraph.starts_with(TRY) {
            break;
        }
        demands = (demands || paragraph.starts_with(TASK)) && !paragraph.starts_with(WHY);
        let all = split(&paragraph).into_iter();
        sentences.extend(all.map(|text| Sentence { text, demands }));
    }
    for left in left_to_do(own) {
        let all = split(&left).into_iter();
        let demands = true;
        sentences.extend(all.map(|text| Sentence { text, demands }));
    }
    sentences
}

/// The paragraphs of the header, each in one line. An entry of a list is one by itself; what is set
/// as code belongs to the sentence that leads to it.
fn header(own: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let (mut code, mut open) = (false, false);
    for line in own.lines().map_while(|line| line.strip_prefix("//!")) {
        let text = line.trim();
        if text.starts_with("```") {
            code = !code;
        } else if text.is_empty() {
            open = false;
        } else if code || line.starts_with("     ") {
            append(&mut paragraphs, true, &format!("`{}`", words(text)));
        } else {
            let item = text.strip_prefix("- ");
            append(
                &mut paragraphs,
                open && item.is_none(),
                item.unwrap_or(text),
            );
            open = true;
        }
    }
    paragraphs
}

/// What the comments say that begin with `TODO: `, each in one line.
fn left_to_do(own: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for line in own.lines().map(str::trim) {
        let comment = line.strip_prefix("// ");
        let begins = comment.is_some_and(|it| it.starts_with("TODO: "));
        open = begins || open && comment.is_some();
        if let Some(comment) = comment.filter(|_| open) {
            append(&mut all, !begins, comment);
        }
    }
    all
}

/// Adds a text to the last one of a list, or as a new one.
fn append(all: &mut Vec<String>, to_the_last: bool, text: &str) {
    match all.last_mut().filter(|_| to_the_last) {
        Some(last) => {
            last.push(' ');
            last.push_str(text);
        }
        None => all.push(text.to_owned()),
    }
}

/// A text with one blank where it has several.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of a paragraph. A mark in code or in quotes ends none, nor do three dots.
fn split(paragraph: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let (mut code, mut quoted, mut start) = (false, false, 0);
    for (at, c) in paragraph.char_indices() {
        code ^= c == '`';
        quoted ^= c == '"' && !code;
        if c != ' ' || code || quoted {
            continue;
        }
        let sentence = &paragraph[start..at];
        let next = paragraph[at + 1..].chars().next();
        // Behind the mark there may be what closes a quotation or a parenthesis.
        let said = sentence.trim_end_matches(['"', ')', '*']);
        if said.ends_with(['.', '?', '!'])
            && !said.ends_with("..")
            && next.is_some_and(|next| !next.is_lowercase())
        {
            sentences.push(sentence.to_owned());
            start = at + 1;
        }
    }
    sentences.push(paragraph[start..].to_owned());
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUB: &str = "\
//! Two bells.
//!
//! A bell rings. \"Is it mine? Then I go.\" Everybody hears it.
//!
//! The task: ring `a(1, ..)` and wait 0.5 seconds for the bells 1, 2, 3, ... (as many as there
//! are). Then print
//!
//!     1: is   done
//!     2: is done
//!
//! No other line comes between them (neither before
//! nor after.) *All* ring:
//! - the first one
//!   is rung by main;
//! - the second one by a child:
//!
//! ```text
//! Ready
//! ```
//!
//! Why it matters: bells. They ring.
//!
//! Try it by hand:  `cargo run`
//! Check it:        `course check`

/// Rings. Once.
fn ring() {
    // TODO: ring both. Which
    // is the first?
    // Not a word about it.
    silence();
}

// ---- given: edits below this line are ignored ----

// TODO: nothing here.
";

    #[test]
    fn a_stub_is_taken_apart_into_what_it_says_and_what_it_demands() {
        let all = of(STUB);
        let texts: Vec<&str> = all.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Two bells.",
                "A bell rings.",
                "\"Is it mine? Then I go.\"",
                "Everybody hears it.",
                "The task: ring `a(1, ..)` and wait 0.5 seconds for the bells 1, 2, 3, ... (as many \
                 as there are).",
                "Then print `1: is done` `2: is done`",
                "No other line comes between them (neither before nor after.)",
                "*All* ring:",
                "the first one is rung by main;",
                "the second one by a child: `Ready`",
                "Why it matters: bells.",
                "They ring.",
                "TODO: ring both.",
                "Which is the first?",
                "Not a word about it.",
            ]
        );
        let demands: Vec<usize> = (0..all.len()).filter(|&at| all[at].demands).collect();
        assert_eq!(demands, [4, 5, 6, 7, 8, 9, 12, 13, 14]);
    }
}
