//! A file of feedback for each learner, to hand back: the grades with what was found, as Markdown
//! and as a page.

use std::fs;
use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use super::class::file_name;
use super::remarks;
use super::result::{self, Graded};
use super::summary::Class;
use crate::message::grade as message;
use crate::message::plain;
use crate::report::template;
use crate::support::write;

/// The folder of the files.
pub const FOLDER: &str = "feedback";

const PAGE: &str = include_str!("feedback.html");
const MARKDOWN: &str = include_str!("feedback.md");
const STYLE: &str = include_str!("class.css");

#[derive(Serialize)]
struct Feedback {
    style: &'static str,
    /// What the page's policy knows its style by.
    hash: String,
    name: String,
    points: String,
    max_points: String,
    exercises: Vec<Exercise>,
    /// What was not taken, and how late it was.
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct Exercise {
    exercise: String,
    title: String,
    points: String,
    max_points: String,
    result: String,
    /// What was found, in one line; nothing where all is well.
    message: Option<String>,
    report: Option<String>,
    /// What encloses the report in Markdown: more backticks than are in it.
    fence: String,
}

/// Where the page of a learner is, from the folder of all results.
pub fn page(name: &str) -> String {
    format!("{FOLDER}/{}.html", file_name(name))
}

/// Writes the files of all learners.
///
/// # Errors
///
/// When a report cannot be read or a file not be written.
pub fn write_all(class: &Class, out: &Path) -> anyhow::Result<()> {
    let folder = out.join(FOLDER);
    result::make(&folder)?;
    for graded in &class.graded {
        let feedback = feedback(class, graded, out)?;
        let name = file_name(&graded.name);
        let page = template::render("feedback.html", PAGE, &feedback)?;
        write::one_of_many(&folder.join(format!("{name}.html")), page)?;
        let text = template::render("feedback.md", MARKDOWN, &escaped(feedback))?;
        write::one_of_many(&folder.join(format!("{name}.md")), text)?;
    }
    Ok(())
}

fn feedback(class: &Class, graded: &Graded, out: &Path) -> anyhow::Result<Feedback> {
    let cells = class.points(graded);
    let exercises = graded.results.iter().zip(cells.exercises);
    let exercise = |(marked, (points, max_points)): (&result::Marked, (String, String))| {
        let report = marked.report.as_ref().map(|report| {
            let path = out.join(report);
            fs::read_to_string(&path).with_context(|| message::not_read(&path))
        });
        let report = report.transpose()?.map(|it| it.trim_end().to_owned());
        // Points as the check tells them are on another scale than those of the file.
        let of_check = crate::message::with_points(marked.points, marked.max_points);
        let report = match class.policy {
            None => report,
            Some(_) => report.map(|it| it.replacen(&of_check, "", 1)),
        };
        let told = plain::line(&marked.message);
        let result = remarks::result(marked);
        anyhow::Ok(Exercise {
            exercise: marked.exercise.clone(),
            title: marked.title.clone(),
            points,
            max_points,
            message: (report.is_none() && told != result && !marked.passed()).then_some(told),
            result,
            fence: fence(report.as_deref().unwrap_or_default()),
            report,
        })
    };
    Ok(Feedback {
        style: STYLE,
        hash: template::hash(STYLE),
        name: plain::line(&class.called(graded)),
        points: cells.points,
        max_points: cells.max_points,
        exercises: exercises.map(exercise).collect::<Result<_, _>>()?,
        remarks: class.for_learner(class.asides(graded)),
    })
}

/// Enough backticks that nothing in the text ends what they enclose.
fn fence(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or(0).max(2) + 1)
}

/// With what Markdown would take for more than text escaped.
fn escaped(mut feedback: Feedback) -> Feedback {
    let escape = |text: &mut String| *text = markdown(text);
    escape(&mut feedback.name);
    feedback.remarks.iter_mut().for_each(escape);
    for exercise in &mut feedback.exercises {
        let all = [
            &mut exercise.exercise,
            &mut exercise.title,
            &mut exercise.result,
        ];
        all.into_iter()
            .chain(&mut exercise.message)
            .for_each(escape);
    }
    feedback
}

/// Text of one line in Markdown (CommonMark, "Backslash escapes").
fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if "\\`*_{}[]<>()#+!|~&$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_in_markdown() {
        assert_eq!(markdown("<b>a_b|`x`"), "\\<b\\>a\\_b\\|\\`x\\`");
        assert_eq!(fence("no more"), "```");
        assert_eq!(fence("a ``` b"), "````");
    }
}
