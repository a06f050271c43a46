//! Holds the words for people to one place: whatever decides, runs or lays out makes no sentences.
//!
//! A sentence is a literal of two words or more. It may stand in the folders of [`SPOKEN`]; elsewhere
//! only as listed below: where it names the step at which the tool itself failed (the context of an error),
//! tells a programmer why something cannot be, is text of a program, or is what others say.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

#[path = "util/tokens.rs"]
mod tokens;

/// Folders whose business it is to say something to people.
const SPOKEN: &[&str] = &["message", "cli"];
/// By these words it is recognised what others say.
const RECOGNISED: &str = "facts/said.rs";
/// Beginnings of what is no sentence for a learner: the step at which the tool itself failed, and text of a
/// program.
const OTHERWISE: &[&str] = &["failed to ", "// ", "fn main() "];
/// What they are given tells a programmer why something cannot be.
const FOR_PROGRAMMERS: &[&str] = &["expect", "panic", "unreachable"];

#[test]
fn sentences_are_made_where_messages_are() {
    let source = tokens::root().join("checker/src");
    let mut found = Vec::new();
    for file in tokens::files_below(&source) {
        let shown = file.strip_prefix(&source).expect("below the source");
        let folder = shown.iter().next().unwrap_or_default().to_string_lossy();
        if !SPOKEN.contains(&&*folder) && shown != Path::new(RECOGNISED) {
            let sentences = sentences(&file).into_iter();
            found.extend(sentences.map(|it| format!("{}: {it}", shown.display())));
        }
    }
    let none: &[String] = &[];
    assert_eq!(
        found, none,
        "make a function in checker/src/message of each"
    );
}

/// The sentences in a file.
fn sentences(file: &PathBuf) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("a file");
    let mut found = Vec::new();
    collect(text.parse().expect("is Rust"), &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    // What stood before, and before that.
    let (mut last, mut before) = (String::new(), String::new());
    for token in tokens::without_tests(tokens) {
        let now = token.to_string();
        match token {
            // Attributes, and with them comments of documentation.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket && last == "#" => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket && before == "#" => {
            }
            TokenTree::Group(_)
                if FOR_PROGRAMMERS
                    .iter()
                    .any(|it| [&*last, &*before].contains(it)) => {}
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                found.extend(is_sentence(&literal).then_some(literal));
            }
            _ => {}
        }
        before = std::mem::replace(&mut last, now);
    }
}

/// Whether a literal has two words one after the other, each of two letters or more.
fn is_sentence(literal: &str) -> bool {
    let Some(text) = literal.split_once('"').map(|(_, text)| text) else {
        return false;
    };
    // A line that goes on in the next one.
    let text = text.split("\\\n").map(str::trim_start).collect::<String>();
    let is_word = |word: &str| {
        let word = word.trim_matches(['.', ',', ':', ';', '"', '?', '!', '(', ')', '`']);
        word.len() > 1 && word.chars().all(|c| c.is_alphabetic() || c == '\'')
    };
    let words: Vec<bool> = text.split(' ').map(is_word).collect();
    let speaks = words.windows(2).any(|two| two[0] && two[1]);
    speaks && !OTHERWISE.iter().any(|it| text.starts_with(it))
}

#[test]
fn a_sentence_is_told_from_other_literals() {
    for literal in [
        "\"nobody joined {}\"",
        "\"{x} was\\\n      ended by {y}\"",
        "\", in vain\"",
    ] {
        assert!(is_sentence(literal), "{literal}");
    }
    for literal in [
        "\"course\"",
        "\"{} x {}\"",
        "\"failed to read {}\"",
        "'a'",
        "\"a: b\"",
    ] {
        assert!(!is_sentence(literal), "{literal}");
    }
}
