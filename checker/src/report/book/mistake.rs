//! Mistakes as the text has them: a comment below a program, which says what is changed in it.

use serde::Serialize;

use crate::facts::said;
use crate::message;

/// How the comment of a mistake begins.
const BEGIN: &str = "<!-- mistake: ";
const END: &str = "-->";

/// A line that is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The line of the program, without the spaces around it.
    pub from: String,
    /// The lines in its place.
    pub to: Vec<String>,
}

/// A mistake in a program of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// A name for files: that of its section and its own number there.
    pub name: String,
    /// What the mistake is.
    pub caption: String,
    /// What is changed.
    pub changes: Vec<Change>,
    /// The program with the mistake.
    pub program: String,
    /// What the program prints without it; `None` if the order of the lines does not matter.
    pub expected: Option<String>,
    /// The whole comment.
    pub comment: String,
}

/// The mistakes that a section tells of; an error says which of them fits no program.
pub fn mistakes(section: &str, text: &str) -> Result<Vec<Mistake>, String> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(begin) = text[rest..].find(BEGIN).map(|at| rest + at) {
        let Some(end) = text[begin..].find(END).map(|at| begin + at + END.len()) else {
            return Err(message::book::no_end(section));
        };
        let comment = &text[begin..end];
        let inside = comment[BEGIN.len()..comment.len() - END.len()].trim_end();
        let (caption, lines) = inside.split_once('\n').unwrap_or((inside, ""));
        let (program, expected) = last_program(&text[..begin]);
        let changes = changes(lines);
        let name = format!("{section}-{}", found.len() + 1);
        found.push(Mistake {
            program: changed(&program, &changes)
                .map_err(|line| message::book::no_such_line(&name, &line))?,
            name,
            caption: caption.trim().to_owned(),
            changes,
            expected,
            comment: comment.to_owned(),
        });
        rest = end;
    }
    Ok(found)
}

/// The last program of a text, and its output below it, if its lines have an order.
fn last_program(text: &str) -> (String, Option<String>) {
    let (mut program, mut output, mut open) = (String::new(), None, None::<&str>);
    for line in text.lines() {
        match (open, line.strip_prefix("```")) {
            (None, Some(kind)) => {
                open = Some(kind);
                match kind {
                    "rust" => (program, output) = (String::new(), None),
                    said::OUTPUT => output = Some(String::new()),
                    _ => {}
                }
            }
            (Some(_), Some("")) => open = None,
            (Some("rust"), _) => program.push_str(&format!("{line}\n")),
            (Some(said::OUTPUT), _) => {
                output
                    .get_or_insert_default()
                    .push_str(&format!("{line}\n"));
            }
            _ => {}
        }
    }
    (program, output)
}

/// Lines that begin with `-` are changed into those that begin with `+` below them.
fn changes(lines: &str) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for line in lines.lines() {
        if let Some(from) = line.strip_prefix('-') {
            changes.push(Change {
                from: from.trim().to_owned(),
                to: Vec::new(),
            });
        } else if let (Some(to), Some(change)) = (line.strip_prefix('+'), changes.last_mut()) {
            change.to.push(to.trim().to_owned());
        }
    }
    changes
}

/// The program with these lines changed, or the first line that it does not have, or has twice.
fn changed(program: &str, changes: &[Change]) -> Result<String, String> {
    let mut lines: Vec<String> = program.lines().map(str::to_owned).collect();
    for Change { from, to } in changes {
        let mut same = (0..lines.len()).filter(|&at| lines[at].trim() == from);
        let (Some(at), None) = (same.next(), same.next()) else {
            return Err(from.clone());
        };
        let indent = lines[at].len() - lines[at].trim_start().len();
        let to = to
            .iter()
            .map(|line| format!("{}{line}", " ".repeat(indent)));
        lines.splice(at..=at, to);
    }
    Ok(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "A\n\n```rust\nfn main() {\n    lock();\n    work();\n}\n```\n\n```text output\n\
        done\n```\n\nB\n\n<!-- mistake: nobody takes the lock\n- lock();\n-->\n\nC\n\n\
        <!-- mistake: too late\n- lock();\n- work();\n+ work();\n+ lock();\n-->\n";

    #[test]
    fn a_mistake_is_the_program_above_it_with_lines_changed() {
        let mistakes = mistakes("05", TEXT).expect("fit");
        assert_eq!(mistakes[0].caption, "nobody takes the lock");
        assert_eq!(mistakes[0].program, "fn main() {\n    work();\n}\n");
        assert_eq!(mistakes[0].expected.as_deref(), Some("done\n"));
        assert_eq!(mistakes[1].name, "05-2");
        assert_eq!(
            mistakes[1].program,
            "fn main() {\n    work();\n    lock();\n}\n"
        );
        assert!(TEXT.contains(&mistakes[1].comment));
    }

    #[test]
    fn a_line_that_is_not_there_or_there_twice_is_told() {
        let unknown = TEXT.replace("- lock();\n-->", "- unlock();\n-->");
        let error = mistakes("05", &unknown).expect_err("does not fit");
        assert!(error.contains("unlock();"), "{error}");
        let twice = TEXT.replace("    work();", "    lock();");
        assert!(mistakes("05", &twice).is_err());
    }
}
