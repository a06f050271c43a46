//! A program of one's own, which is no exercise: checked as it is, unless it uses what cannot be
//! controlled.
//!
//! What a program does through std and mp is under control. What bypasses them is not, and a pass
//! would mean nothing. So foreign functions, assembler and the like are refused with their line.
//! Other files are not read, so modules must be inline.

use std::path::Path;

use anyhow::{Context, anyhow};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::course::snapshot::Transcript;
use crate::course::text::{Absent, Text};
use crate::course::workspace::Workspace;
use crate::facts::{Edition, Finding, Place, Verdict};
use crate::message;
use crate::message::program;
use crate::program::rules;
use crate::program::source::{self, Prepared, Source, utf8};

/// The longest program; more, nested deeply enough, could exhaust the stack of the parser.
const MAX_BYTES: usize = 1024 * 1024;
/// Crates that programs are compiled with.
pub const CRATES: &[&str] = &["alloc", "core", "mp", "self", "serde", "std"];
/// Attributes that bring in something from outside the language, or exclude std.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("no_std", program::NO_STD),
    ("no_main", program::NO_MAIN),
    ("no_mangle", program::REPLACES),
    ("export_name", program::REPLACES),
    ("link_section", program::TOO_EARLY),
    ("link", program::OTHER_LIBRARIES),
    ("global_allocator", program::ALLOCATOR),
];
/// Macros that do so.
const MACROS: &[(&str, &str)] = &[
    ("asm", program::ASSEMBLER),
    ("global_asm", program::ASSEMBLER),
    ("naked_asm", program::ASSEMBLER),
    ("include", program::INCLUDED),
];

/// Takes a program as it is.
///
/// # Errors
///
/// When it could not be read.
pub fn prepare(workspace: &Workspace, text: &Text, edition: Edition) -> anyhow::Result<Prepared> {
    let shown = workspace.relative(&text.file);
    let bytes = text.bytes.as_ref().map_err(|absent| match absent {
        Absent::Missing(why)
        | Absent::Unreadable(why)
        | Absent::Refused(why)
        | Absent::NotHandedIn(why) => {
            anyhow!(why.clone()).context(format!("failed to read {shown}"))
        }
    })?;
    Ok(match accept(bytes, &shown) {
        Ok(accepted) => Prepared::Program(Source {
            text: accepted,
            apart: None,
            shown,
            crate_name: crate_name(&text.file),
            allow_unsafe: true,
            edition,
        }),
        Err(finding) => Prepared::Refused(finding),
    })
}

/// What a program is expected to print: the lines of a file.
///
/// # Errors
///
/// When it cannot be read, or is no text.
pub fn expected(workspace: &Workspace, file: &Path) -> anyhow::Result<Transcript> {
    let shown = workspace.relative(file);
    let text = std::fs::read_to_string(file).with_context(|| format!("failed to read {shown}"))?;
    let mut lines: Vec<String> = text
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if lines.is_empty() {
        lines.push(message::transcript::NOTHING.to_owned());
    }
    Ok(lines)
}

/// A file's name as that of a crate.
fn crate_name(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = stem.chars().map(plain).collect();
    // It must not begin with a digit, nor be one of the crates that it uses.
    format!("program_{name}")
}

fn accept(bytes: &[u8], shown: &str) -> Result<String, Box<Finding>> {
    let at = |line: usize| {
        Some(Place {
            file: shown.to_owned(),
            line: source::number(line),
        })
    };
    let text = utf8(bytes)
        .map_err(|line| Finding::told(Verdict::BuildError, message::typed::not_utf8(), at(line)))?;
    if text.len() > MAX_BYTES {
        let message = program::not_controlled(program::VERY_LONG.0, program::VERY_LONG.1);
        return Err(Finding::told(Verdict::Inconclusive, message, at(1)).into());
    }
    // What does not parse as Rust is left to the compiler, whose messages are better.
    let offence = rules::on_a_large_stack(|| {
        let tokens = text.parse::<TokenStream>().ok()?;
        uncontrolled(&tokens.into_iter().collect::<Vec<_>>())
    });
    match offence {
        Some((message, line)) => {
            Err(Finding::told(Verdict::Inconclusive, message, at(line)).into())
        }
        None => Ok(text.to_owned()),
    }
}

/// The first thing in the tokens that cannot be controlled, and its line.
fn uncontrolled(tokens: &[TokenTree]) -> Option<(String, usize)> {
    for (index, token) in tokens.iter().enumerate() {
        let found = match token {
            TokenTree::Ident(ident) => begins_uncontrolled(ident, &tokens[index + 1..]),
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let hash = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == '#' || it.as_char() == '!');
                let behind_hash = index > 0 && hash(&tokens[index - 1]);
                let attribute = (behind_hash && group.delimiter() == Delimiter::Bracket)
                    .then(|| attribute(&inside))
                    .flatten();
                attribute.or_else(|| uncontrolled(&inside))
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Whether a name, together with what follows it, begins something that cannot be controlled.
fn begins_uncontrolled(ident: &Ident, rest: &[TokenTree]) -> Option<(String, usize)> {
    let line = ident.span().start().line;
    let told = |what: &str, why: &str| Some((program::not_controlled(what, why), line));
    let is = |token: Option<&TokenTree>, c: char| matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == c);
    let name = ident.to_string();
    match (name.as_str(), rest) {
        (
            "extern",
            [TokenTree::Literal(_), TokenTree::Group(_), ..] | [TokenTree::Group(_), ..],
        ) => told(program::FOREIGN.0, program::FOREIGN.1),
        ("extern", [TokenTree::Ident(word), TokenTree::Ident(name), ..])
            if *word == "crate" && !CRATES.iter().any(|known| name == known) =>
        {
            Some((program::other_crate(&name.to_string()), line))
        }
        ("mod", [TokenTree::Ident(name), end, ..]) if is(Some(end), ';') => {
            let (what, why) = program::module(&name.to_string());
            told(&what, why)
        }
        _ if is(rest.first(), '!') && !is(rest.get(1), '=') => {
            let (name, why) = MACROS.iter().find(|(known, _)| *known == name)?;
            told(&format!("`{name}!`"), why)
        }
        _ => None,
    }
}

/// Whether an attribute is one of those that are refused, also inside `unsafe(..)`.
fn attribute(tokens: &[TokenTree]) -> Option<(String, usize)> {
    let named = |token: &TokenTree| {
        let TokenTree::Ident(ident) = token else {
            return None;
        };
        let (name, why) = ATTRIBUTES.iter().find(|(known, _)| ident == known)?;
        let message = program::not_controlled(&format!("`#[{name}]`"), why);
        Some((message, ident.span().start().line))
    };
    match tokens {
        [TokenTree::Ident(word), TokenTree::Group(group), ..] if *word == "unsafe" => {
            group.stream().into_iter().next().as_ref().and_then(named)
        }
        [first, ..] => named(first),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::finding::sentence;

    #[track_caller]
    fn refusal(text: &str) -> (Verdict, String, u32) {
        let finding = accept(text.as_bytes(), "a.rs").expect_err(text);
        let line = finding.at.as_ref().map_or(0, |at| at.line);
        (finding.verdict, sentence(&finding), line)
    }

    #[test]
    fn what_is_past_the_checker_is_named_with_its_line_and_reason() {
        for (text, line, words) in [
            (
                "\nunsafe extern \"C\" { fn usleep(t: u32); }",
                2,
                "functions outside Rust",
            ),
            ("extern { fn usleep(t: u32); }", 1, "functions outside Rust"),
            ("extern crate rand;", 1, "the crate `rand`"),
            ("mod inner { mod other; }", 1, "the module `other`"),
            ("fn main() {\n std::arch::asm!(\"nop\"); }", 2, "`asm!`"),
            ("include!(\"x.rs\");", 1, "`include!`"),
            ("#![no_std]", 1, "`#[no_std]`"),
            (
                "\n#[unsafe(no_mangle)]\npub fn read() {}",
                2,
                "`#[no_mangle]`",
            ),
            (
                "#[global_allocator]\nstatic A: B = B;",
                1,
                "`#[global_allocator]`",
            ),
        ] {
            let (verdict, message, at) = refusal(text);
            assert_eq!((verdict, at), (Verdict::Inconclusive, line), "{text}");
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn ordinary_programs_are_taken_as_they_are() {
        for text in [
            "#![allow(dead_code)]\nextern crate std as s;\nfn main() { let link = 1; assert!(link != 2); }",
            "extern \"C\" fn callback() {}\nmod inner { pub fn asm() {} }\nfn main() { inner::asm() }",
            "#[derive(Debug)] struct S; unsafe impl Send for S {} async fn f() {} fn main() {}",
            "fn main( {",
        ] {
            assert_eq!(accept(text.as_bytes(), "a.rs").as_deref(), Ok(text));
        }
        let finding = accept(b"fn main() {}\n// \xff\n", "a.rs").expect_err("no text");
        assert_eq!(finding.verdict, Verdict::BuildError);
        assert_eq!(finding.at.map(|at| at.line), Some(2));
    }
}
