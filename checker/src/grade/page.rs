//! The page of a class: a table of who got what, with the reports behind it, and what is often wrong.

use serde::Serialize;

use super::result::{Graded, Marked};
use super::summary::{Class, Exercise, Pattern};
use crate::message::{self, grade};
use crate::report::{plain, template};
use crate::verdict::Verdict;

const TEMPLATE: &str = include_str!("class.html");
const STYLE: &str = include_str!("class.css");

/// So many names are shown of those who make the same mistake; the summary has all.
const NAMES: usize = 20;

#[derive(Serialize)]
struct Page<'a> {
    style: &'static str,
    /// What the page's policy knows its style by.
    hash: String,
    intro: String,
    exercises: &'a [Exercise],
    rows: Vec<Row>,
    patterns: Vec<Common>,
}

/// A submission.
#[derive(Serialize)]
struct Row {
    name: String,
    points: u32,
    max_points: u32,
    cells: Vec<Cell>,
}

/// What a submission got for an exercise.
#[derive(Serialize)]
struct Cell {
    points: u32,
    class: &'static str,
    verdict: String,
    /// What is told when it is pointed at.
    message: String,
    report: Option<String>,
    page: Option<String>,
}

/// A way to be wrong.
#[derive(Serialize)]
struct Common {
    exercise: String,
    verdict: String,
    count: usize,
    names: String,
}

/// The page.
///
/// # Errors
///
/// When the template does not fit its values, which a test excludes.
pub fn html(class: &Class) -> anyhow::Result<String> {
    let page = Page {
        style: STYLE,
        hash: template::hash(STYLE),
        intro: grade::intro(class),
        exercises: &class.exercises,
        rows: class.graded.iter().map(row).collect(),
        patterns: class.patterns().iter().map(common).collect(),
    };
    template::render("class.html", TEMPLATE, &page)
}

fn row(graded: &Graded) -> Row {
    Row {
        name: plain::line(&graded.name),
        points: graded.points,
        max_points: graded.max_points,
        cells: graded.results.iter().map(cell).collect(),
    }
}

fn cell(marked: &Marked) -> Cell {
    Cell {
        points: marked.points,
        class: match marked.verdict {
            Some(Verdict::Passed) => "passed",
            _ if marked.again => "again",
            None => "missing",
            Some(_) if marked.points > 0 => "partly",
            Some(_) => "failed",
        },
        verdict: match marked.verdict {
            None if marked.message != grade::not_handed_in() => grade::not_taken().to_owned(),
            verdict => headline(verdict, marked.cause.as_deref()),
        },
        message: plain::line(&marked.message),
        report: marked.report.clone(),
        page: marked.page.clone(),
    }
}

fn common(pattern: &Pattern) -> Common {
    let (count, shown) = (pattern.names.len(), pattern.names.iter().take(NAMES));
    let mut names: Vec<String> = shown.map(|it| plain::line(it)).collect();
    if count > NAMES {
        names.push(grade::and_more(count - NAMES));
    }
    Common {
        exercise: pattern.exercise.clone(),
        verdict: match pattern.verdict {
            None => grade::nothing_to_check().to_owned(),
            verdict => headline(verdict, pattern.cause.as_deref()),
        },
        count,
        names: names.join(", "),
    }
}

fn headline(verdict: Option<Verdict>, cause: Option<&str>) -> String {
    let headline = verdict.map_or(grade::not_handed_in(), message::headline);
    match cause {
        Some(cause) => format!("{headline}: {}", cause.replace('_', " ")),
        None => headline.to_owned(),
    }
}
