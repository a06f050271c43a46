//! The program as it is checked: the learner's part of the file, the given part of the course.
//!
//! The given part is taken from the solution, which holds the same text (a test keeps the two
//! equal) and which learners have no reason to edit. The learner's part comes first and is left
//! as it is, so its line numbers are those of the learner's file. A known answer, below
//! `tests/wrong` or `tests/right`, consists of nothing but the learner's part.

use std::path::Path;

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};

use crate::course::Exercise;
use crate::course::text::{Absent, Text};
use crate::course::workspace::Workspace;
use crate::facts::fact::Fact;
use crate::facts::given::{MARKER, complete, split};
use crate::facts::{Edition, Finding, Place, Verdict};
use crate::message;
use crate::program::apart::{self, Apart};
use crate::program::rules;

/// The folder of what an exercise is proved with.
pub const TESTS: &str = "tests";
/// Where the known answers are; below each of them, in a folder with the name of the exercise.
pub const ANSWERS: [&str; 2] = ["tests/wrong", "tests/right"];

/// The longest learner's part. Exercises need a twentieth of it; a longer one, nested deeply
/// enough, could exhaust the stack of the parser.
const MAX_BYTES: usize = 64 * 1024;

/// A program to be compiled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The whole text, as the learner has it.
    pub text: String,
    /// The two parts of an exercise as modules, which is how it is checked.
    pub apart: Option<Apart>,
    /// The file as reports name it.
    pub shown: String,
    /// The name of the crate.
    pub crate_name: String,
    /// Whether unsafe code is allowed in it.
    pub allow_unsafe: bool,
    /// Its edition.
    pub edition: Edition,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Prepared {
    /// It can be compiled.
    Program(Source),
    /// It cannot, and why.
    Refused(Box<Finding>),
}

/// Puts the program of a learner's text together.
///
/// # Errors
///
/// When the text, or that of the solution, cannot be read.
pub fn prepare(
    workspace: &Workspace,
    exercise: &Exercise,
    text: &Text,
) -> anyhow::Result<Prepared> {
    let shown = workspace.relative(&text.file);
    let (verdict, fact) = match &text.bytes {
        Ok(bytes) => return put_together(workspace, exercise, bytes, shown),
        Err(Absent::Unreadable(why)) => {
            return Err(anyhow!(why.clone())).with_context(|| format!("failed to read {shown}"));
        }
        Err(Absent::Missing(_)) => {
            let told = Fact::Told(message::source::not_there(&shown));
            (Verdict::BuildError, told)
        }
        Err(Absent::Refused(why)) => (Verdict::NotAllowed, Fact::NotTaken(why.clone())),
        Err(Absent::NotHandedIn(why)) => (Verdict::Pending, Fact::NotHandedIn(why.clone())),
    };
    Ok(Prepared::Refused(Box::new(Finding {
        verdict,
        fact,
        at: None,
        labels: Vec::new(),
    })))
}

/// A known answer with the line and the given part, so that it is from here on what a learner would hand
/// in; any other text as it is.
pub fn completed(workspace: &Workspace, exercise: &Exercise, text: Text) -> Text {
    let shown = workspace.relative(&text.file);
    let known = ANSWERS.iter().any(|it| Path::new(&shown).starts_with(it));
    let complete = || {
        let solution = std::fs::read_to_string(workspace.given_file(exercise)).ok()?;
        let (_, given) = split(&solution)?;
        complete(text.as_str()?, given)
    };
    match known.then(complete).flatten() {
        Some(whole) => Text {
            bytes: Ok(whole.into_bytes().into()),
            ..text
        },
        None => text,
    }
}

/// Assembles the program from a learner's text; `shown` is the file as reports name it.
fn put_together(
    workspace: &Workspace,
    exercise: &Exercise,
    bytes: &[u8],
    shown: String,
) -> anyhow::Result<Prepared> {
    let solution = workspace.given_file(exercise);
    let solved = workspace.relative(&solution);
    let solution =
        std::fs::read_to_string(&solution).with_context(|| message::init::not_there(&solved))?;
    let Some((solution, given)) = split(&solution) else {
        bail!(message::source::without_line(&solved, MARKER));
    };
    let learner = match learners_part(bytes, &shown, !exercise.allow_unsafe) {
        Ok(learner) => learner,
        Err(finding) => return Ok(Prepared::Refused(finding)),
    };
    let apart = rules::on_a_large_stack(|| apart::apart(learner, solution, given));
    Ok(Prepared::Program(Source {
        text: format!("{learner}{MARKER}\n{given}"),
        apart: Some(apart.with_context(|| message::source::no_rust(&solved))?),
        shown,
        crate_name: exercise.bin_name().replace('-', "_"),
        allow_unsafe: exercise.allow_unsafe,
        edition: Edition::default(),
    }))
}

/// What stands above the line, or why that cannot be taken.
fn learners_part<'a>(bytes: &'a [u8], shown: &str, safe: bool) -> Result<&'a str, Box<Finding>> {
    let place = |line: usize| {
        Some(Place {
            file: shown.to_owned(),
            line: number(line),
        })
    };
    let refused =
        |verdict, message: String, line| Err(Finding::told(verdict, message, place(line)).into());
    let text = match utf8(bytes) {
        Ok(text) => text,
        Err(line) => return refused(Verdict::BuildError, message::typed::not_utf8(), line),
    };
    let Some((learner, _)) = split(text) else {
        let message = message::source::no_line(MARKER);
        return refused(Verdict::NotAllowed, message, text.lines().count().max(1));
    };
    if learner.len() > MAX_BYTES {
        let message = message::source::too_long(MAX_BYTES);
        return refused(Verdict::NotAllowed, message, 1);
    }
    match safe.then(|| rules::unsafe_attribute(learner)).flatten() {
        None => Ok(learner),
        Some(line) => refused(
            Verdict::NotAllowed,
            message::source::UNSAFE_ATTRIBUTE.into(),
            line,
        ),
    }
}

/// Bytes as text, or the first line that is not valid UTF-8.
pub fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    })
}

/// A line's number as places have it.
pub fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::finding::sentence;

    fn file(learner: &str, given: &str) -> Vec<u8> {
        format!("{learner}{MARKER}\n{given}").into_bytes()
    }

    #[track_caller]
    fn refusal(bytes: &[u8]) -> (Verdict, String, u32) {
        let finding = learners_part(bytes, "a.rs", true).expect_err("is refused");
        let line = finding.at.as_ref().map_or(0, |at| at.line);
        (finding.verdict, sentence(&finding), line)
    }

    #[test]
    fn edits_below_the_line_are_ignored() {
        let edited = file("fn work() {}\n", "fn main() {}\n");
        assert_eq!(learners_part(&edited, "a.rs", true), Ok("fn work() {}\n"));
    }

    #[test]
    fn line_ends_of_other_systems_do_not_hide_the_line() {
        let edited = format!("fn work() {{}}\r\n{MARKER}\r\nfn main() {{}}\r\n");
        let learner = learners_part(edited.as_bytes(), "a.rs", true);
        assert_eq!(learner, Ok("fn work() {}\r\n"));
    }

    #[test]
    fn a_missing_line_is_told() {
        let (verdict, message, line) = refusal(b"fn work() {}\nfn main() {}\n");
        assert_eq!((verdict, line), (Verdict::NotAllowed, 2));
        assert!(message.contains(MARKER), "{message}");
    }

    #[test]
    fn what_is_no_text_is_a_build_error_with_its_line() {
        let (verdict, _, line) = refusal(b"fn work() {}\n// \xff\n");
        assert_eq!((verdict, line), (Verdict::BuildError, 2));
    }

    #[test]
    fn what_is_not_allowed_is_told_with_its_line() {
        let edited = file("fn work() {}\n#[unsafe(naked)]\nfn f() {}\n", "");
        let (verdict, _, line) = refusal(&edited);
        assert_eq!((verdict, line), (Verdict::NotAllowed, 2));
    }

    #[test]
    fn a_part_of_absurd_size_is_refused() {
        let edited = file(&"// more\n".repeat(MAX_BYTES / 8 + 1), "");
        assert_eq!(refusal(&edited).0, Verdict::NotAllowed);
    }
}
