//! The pages of a class: a table of who got what, linked to the reports, and the most frequent
//! mistakes. A large class has several pages, since browsers are slow with tables of a hundred
//! thousand cells.

use serde::Serialize;

use super::feedback;
use super::patterns::{Pattern, Sentence};
use super::remarks;
use super::result::{Graded, Marked};
use super::summary::{Class, Exercise};
use crate::facts::Verdict;
use crate::message::grade;
use crate::message::plain;
use crate::report::template;

const TEMPLATE: &str = include_str!("class.html");
const STYLE: &str = include_str!("class.css");

/// How many names are shown of those who made the same mistake; the summary has all.
const NAMES: usize = 20;
/// Submissions of a page.
const ROWS: usize = 500;

#[derive(Serialize)]
struct Page<'a> {
    style: &'static str,
    /// What the page's policy knows its style by.
    hash: String,
    intro: String,
    exercises: Vec<Head>,
    /// The pages, where there are several.
    pages: &'a [Link],
    /// The number of this one.
    number: usize,
    rows: Vec<Row>,
    patterns: Vec<Common>,
    /// Whether somebody handed in what was not taken.
    remarks: bool,
    /// Files of nobody.
    nobodys: Vec<String>,
}

/// An exercise, as it heads its column.
#[derive(Serialize)]
struct Head {
    exercise: String,
    title: String,
    max_points: String,
}

/// One of several pages, as the others name it.
#[derive(Serialize)]
struct Link {
    number: usize,
    file: String,
    /// The first and the last name on it.
    names: String,
}

/// A submission.
#[derive(Serialize)]
struct Row {
    name: String,
    feedback: String,
    points: String,
    max_points: String,
    cells: Vec<Cell>,
    /// What is not in the cells.
    remark: Option<String>,
}

/// What a submission got for an exercise.
#[derive(Serialize)]
struct Cell {
    points: String,
    class: &'static str,
    verdict: String,
    /// What is told when it is pointed at.
    message: String,
    /// Why there is no verdict.
    why: Option<String>,
    report: Option<String>,
    page: Option<String>,
}

/// A way to be wrong.
#[derive(Serialize)]
struct Common {
    exercise: String,
    verdict: String,
    count: usize,
    sentences: Vec<Said>,
}

/// What was said of several.
#[derive(Serialize)]
struct Said {
    sentence: String,
    count: usize,
    names: String,
    report: Option<String>,
    page: Option<String>,
}

/// The file of a page, counted from 1.
pub fn file(number: usize) -> String {
    match number {
        1 => "index.html".to_owned(),
        _ => format!("index-{number}.html"),
    }
}

/// The pages, of which the first also tells what is often wrong.
///
/// # Errors
///
/// When the template does not fit its values, which a test excludes.
pub fn pages(class: &Class) -> anyhow::Result<Vec<String>> {
    let mut parts: Vec<&[Graded]> = class.graded.chunks(ROWS).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    let links: Vec<Link> = (1..).zip(&parts).map(|(at, part)| link(at, part)).collect();
    let page = |(number, part): (usize, &&[Graded])| {
        let patterns = if number == 1 {
            class.patterns()
        } else {
            Vec::new()
        };
        let page = Page {
            style: STYLE,
            hash: template::hash(STYLE),
            intro: class.intro(),
            exercises: class.exercises.iter().map(|it| head(class, it)).collect(),
            pages: if links.len() > 1 { &links } else { &[] },
            number,
            rows: part.iter().map(|it| row(class, it)).collect(),
            patterns: patterns.iter().map(|it| common(class, it)).collect(),
            remarks: part.iter().any(|it| !class.asides(it).is_empty()),
            nobodys: class.nobodys.iter().map(|it| plain::line(it)).collect(),
        };
        template::render("class.html", TEMPLATE, &page)
    };
    (1..).zip(&parts).map(page).collect()
}

fn head(class: &Class, exercise: &Exercise) -> Head {
    let worth = class
        .policy
        .as_ref()
        .map(|it| it.worth_of(&exercise.exercise));
    let max_points = match worth {
        None => exercise.max_points.to_string(),
        Some(worth) if worth.counts => worth.points.shown(),
        Some(_) => "–".to_owned(),
    };
    Head {
        exercise: exercise.exercise.clone(),
        title: exercise.title.clone(),
        max_points,
    }
}

fn link(number: usize, part: &[Graded]) -> Link {
    let name = |it: Option<&Graded>| it.map_or(String::new(), |it| plain::line(&it.name));
    Link {
        number,
        file: file(number),
        names: format!("{} – {}", name(part.first()), name(part.last())),
    }
}

fn row(class: &Class, graded: &Graded) -> Row {
    let points = class.points(graded);
    let cells = graded.results.iter().zip(points.exercises);
    let asides = class.asides(graded);
    Row {
        name: plain::line(&class.called(graded)),
        feedback: feedback::page(&graded.name),
        points: points.points,
        max_points: points.max_points,
        cells: cells
            .map(|(marked, (points, _))| cell(marked, points))
            .collect(),
        remark: (!asides.is_empty()).then(|| asides.join("; ")),
    }
}

fn cell(marked: &Marked, points: String) -> Cell {
    Cell {
        points,
        class: match marked.verdict {
            Some(Verdict::Passed) => "passed",
            _ if marked.again => "again",
            None => "missing",
            Some(_) if marked.points > 0 => "partly",
            Some(_) => "failed",
        },
        verdict: remarks::result(marked),
        message: plain::line(&marked.message),
        why: marked
            .verdict
            .is_none()
            .then(|| plain::line(&marked.message))
            .filter(|why| why != grade::not_handed_in()),
        report: marked.report.clone(),
        page: marked.page.clone(),
    }
}

fn common(class: &Class, pattern: &Pattern) -> Common {
    let called = |name: &String| {
        let graded = class.graded.iter().find(|it| it.name == *name);
        graded.map_or(name.clone(), |it| class.called(it).into_owned())
    };
    Common {
        exercise: pattern.exercise.clone(),
        verdict: match pattern.verdict {
            None => grade::nothing_to_check().to_owned(),
            verdict => remarks::headline(verdict, pattern.cause),
        },
        count: pattern.names.len(),
        sentences: pattern
            .sentences
            .iter()
            .map(|it| said(it, &called))
            .collect(),
    }
}

/// `called`: what a learner of this name is called.
fn said(sentence: &Sentence, called: &dyn Fn(&String) -> String) -> Said {
    let (count, shown) = (sentence.names.len(), sentence.names.iter().take(NAMES));
    let mut names: Vec<String> = shown.map(|it| plain::line(&called(it))).collect();
    if count > NAMES {
        names.push(grade::and_more(count - NAMES));
    }
    Said {
        sentence: plain::line(&sentence.sentence),
        count,
        names: names.join(", "),
        report: sentence.report.clone(),
        page: sentence.page.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::result::tests::graded;
    use super::*;

    fn class(submissions: usize) -> Class {
        let graded = |number: usize| Graded {
            results: Vec::new(),
            ..graded(&format!("learner{number:04}"), None, "", None)
        };
        Class {
            seed: 0,
            schedules: 200,
            course: String::new(),
            exercises: Vec::new(),
            nobodys: Vec::new(),
            policy: None,
            marks: std::collections::BTreeMap::new(),
            graded: (0..submissions).map(graded).collect(),
            shared: std::sync::OnceLock::new(),
        }
    }

    #[test]
    fn a_class_of_ordinary_size_has_one_page_and_a_large_one_several() {
        let of = |submissions| pages(&class(submissions)).expect("pages");
        assert_eq!(of(0).len(), 1);
        assert!(!of(ROWS)[0].contains("<nav"));
        let large = of(2 * ROWS + 1);
        assert_eq!(large.len(), 3);
        let rows = |page: &String| page.matches("<th scope=\"row\">").count();
        assert_eq!(large.iter().map(rows).collect::<Vec<_>>(), [ROWS, ROWS, 1]);
        let second = "<a href=\"index-2.html\">learner0500 – learner0999</a>";
        assert!(large[0].contains(second) && large[2].contains(second));
        assert!(large[1].contains("<b aria-current=\"page\">learner0500 – learner0999</b>"));
    }
}
