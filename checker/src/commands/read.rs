//! `course read`: a section of course.md in the terminal, with a pager.

use std::fs;

use anyhow::Context;

use crate::course::workspace::Workspace;
use crate::message::{learner as message, plain};
use crate::options::ReadOptions;
use crate::report::markdown;
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::pager;

/// Prints the section that was asked for.
///
/// # Errors
///
/// A [`UsageError`] where there is no such section; also when course.md cannot be read.
pub fn run(workspace: &Workspace, options: &ReadOptions) -> anyhow::Result<ExitCode> {
    let path = workspace.root.join("course.md");
    let text = fs::read_to_string(&path).context("failed to read course.md")?;
    let Some(section) = section(&text, &options.section) else {
        let names = titles(&text).map(str::to_owned).collect::<Vec<_>>();
        return Err(UsageError(message::no_such_section(&options.section, &names)).into());
    };
    pager::show(&markdown::render(section, plain::WIDTH))?;
    Ok(ExitCode::Passed)
}

/// The titles of the sections.
fn titles(text: &str) -> impl Iterator<Item = &str> {
    sections(text).map(|(title, _)| title)
}

/// Titles and texts of the sections, headings of the second level. Code has no headings.
pub fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut starts = Vec::new();
    let (mut at, mut in_code) = (0, false);
    for line in text.split_inclusive('\n') {
        in_code ^= line.starts_with("```");
        if !in_code && line.starts_with("## ") {
            starts.push(at);
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| {
        let section = &text[start..end];
        let title = section.lines().next().unwrap_or("");
        (title.trim_start_matches("## "), section)
    })
}

/// The section of this topic (`05_lock`), number (`05`) or title.
fn section<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let name = name.trim().to_lowercase();
    let number: String = name.chars().take_while(char::is_ascii_digit).collect();
    let fits = |title: &str| {
        let title = title.to_lowercase();
        if number.is_empty() {
            title.contains(&name)
        } else {
            title.starts_with(&format!("{number:0>2} "))
        }
    };
    let found = sections(text).find(|(title, _)| !name.is_empty() && fits(title));
    found.map(|(_, section)| section)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Title\n\n## The words\n\nA\n\n## 05 Locks\n\n```sh\n## no title\n```\n\nB\n\n## 06 Conditions\n\nC\n";

    #[test]
    fn a_section_is_found_by_topic_number_or_title_and_ends_at_the_next() {
        let locks = Some("## 05 Locks\n\n```sh\n## no title\n```\n\nB\n\n");
        for name in [
            "05_lock",
            "05",
            "5",
            "05_lock/1_two_lines",
            "locks",
            "Locks",
        ] {
            assert_eq!(section(TEXT, name), locks, "{name}");
        }
        assert_eq!(section(TEXT, "words"), Some("## The words\n\nA\n\n"));
        assert_eq!(section(TEXT, "06"), Some("## 06 Conditions\n\nC\n"));
        for name in ["07_queue", "philosophers", ""] {
            assert_eq!(section(TEXT, name), None, "{name}");
        }
        let all: Vec<&str> = titles(TEXT).collect();
        assert_eq!(all, ["The words", "05 Locks", "06 Conditions"]);
    }
}
