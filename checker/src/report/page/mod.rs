//! The page of a schedule: one self-contained HTML file for going through a run step by step.
//!
//! Names and output of a program are of unknown origin. So the template escapes them, the data for
//! the script cannot end its element, and the page's policy admits nothing but `page.js` and
//! `page.css`.

mod steps;

#[cfg(test)]
mod tests;

use anyhow::Context;
use sched_model::run::{Run, What};
use serde::Serialize;

use crate::facts::timeline::Timeline;
use crate::facts::{Found, Passing};
use crate::message;
use crate::message::plain;
use crate::message::trace;
use crate::report::table::{self, Words};
use crate::report::{excerpt, template};
use steps::{Data, Row};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What a page is about.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Which schedule of what.
    pub title: &'a str,
    /// How it was made, and how it is shown.
    pub notes: &'a [String],
    /// The run.
    pub run: &'a Run,
    /// How it went.
    pub timeline: &'a Timeline,
    /// What is wrong in it, most severe first.
    pub found: &'a [Found],
    /// Two steps whose order decides.
    pub decides: Option<[usize; 2]>,
    /// The nearest run that passes.
    pub passing: Option<&'a Passing>,
    /// The program's file, as events name it.
    pub file: &'a str,
    /// The text of that file, if it can be read.
    pub source: Option<&'a str>,
}

/// The page.
///
/// # Errors
///
/// When the template does not fit its values, which a test excludes.
pub fn html(subject: &Subject) -> anyhow::Result<String> {
    let page = Page::new(subject)?;
    template::render("page.html", TEMPLATE, &page)
}

/// What the template shows.
#[derive(Serialize)]
struct Page {
    style: Part,
    script: Part,
    title: String,
    notes: Vec<String>,
    findings: Vec<Finding>,
    tasks: Vec<String>,
    rows: Vec<Row>,
    /// What is said about a step that shows what is wrong.
    marked: &'static str,
    /// What is said about two steps whose order decides.
    decides: Option<String>,
    passing: Option<Other>,
    /// Whether there is a step at which it goes wrong.
    failing: bool,
    end: Vec<End>,
    file: String,
    source: Vec<Line>,
    output: Vec<Output>,
    errors: String,
    /// What the script needs, as JSON that contains no `<`.
    data: String,
}

/// A file that is part of the page, and the hash by which its policy admits it.
#[derive(Serialize)]
struct Part {
    text: &'static str,
    hash: String,
}

/// The nearest run that passes.
#[derive(Serialize)]
struct Other {
    title: String,
    tasks: Vec<String>,
    rows: Vec<Words>,
}

#[derive(Serialize)]
struct Finding {
    headline: &'static str,
    message: String,
    right: bool,
    step: Option<usize>,
}

/// A paragraph on how the run ended.
#[derive(Serialize)]
struct End {
    text: String,
    item: bool,
}

/// A line of the source.
#[derive(Serialize)]
struct Line {
    text: String,
    class: &'static str,
    note: String,
}

/// A line that was printed.
#[derive(Serialize)]
struct Output {
    step: usize,
    name: String,
    text: String,
}

impl Page {
    fn new(subject: &Subject) -> anyhow::Result<Page> {
        let Subject {
            run,
            timeline,
            found,
            file,
            ..
        } = *subject;
        let failing = steps::failing(run, found);
        let shown = steps::shown(run, timeline, file, (found, subject.decides));
        let data: String = serde_json::to_string(&shown.data as &Data)
            .context("failed to write the page's data")?
            .replace('<', "\\u003c");
        let end = trace::end(run, file).into_iter();
        Ok(Page {
            style: Part::new(STYLE),
            script: Part::new(SCRIPT),
            title: plain::line(subject.title),
            notes: subject.notes.iter().map(|note| plain::line(note)).collect(),
            findings: findings(found, failing),
            tasks: run.tasks.iter().map(|it| plain::line(&it.name)).collect(),
            rows: shown.rows,
            marked: message::page::shows_it(),
            decides: subject.decides.map(|_| message::steps::decides()),
            passing: subject.passing.map(|it| passing(it, file)),
            failing: failing.is_some(),
            end: end
                .map(|(first, text)| End {
                    item: !first.is_empty(),
                    text,
                })
                .collect(),
            file: plain::line(file),
            source: source(subject),
            output: output(run),
            errors: plain::block(&run.stderr),
            data,
        })
    }
}

impl Part {
    fn new(text: &'static str) -> Part {
        let hash = template::hash(text);
        Part { text, hash }
    }
}

/// What is wrong, or that nothing is.
fn findings(found: &[Found], failing: Option<usize>) -> Vec<Finding> {
    if found.is_empty() {
        return vec![Finding {
            headline: message::nothing_found(),
            message: String::new(),
            right: true,
            step: None,
        }];
    }
    let finding = |(place, found): (usize, &Found)| Finding {
        headline: message::headline(found.finding.verdict),
        message: plain::line(&message::finding::sentence(&found.finding)),
        right: false,
        step: failing.filter(|_| place == 0).map(|event| event + 1),
    };
    found.iter().enumerate().map(finding).collect()
}

fn passing(Passing { run, table }: &Passing, file: &str) -> Other {
    let name = |task: &usize| run.tasks.get(*task).map_or("?", |it| &it.name);
    Other {
        title: message::steps::nearest_passing(),
        tasks: table.tasks.iter().map(|it| plain::line(name(it))).collect(),
        rows: table::rows(table, run, file),
    }
}

/// The lines of the source, those of the first finding marked.
fn source(subject: &Subject) -> Vec<Line> {
    let finding = subject.found.first().map(|found| &found.finding);
    let marks = finding.map_or_else(Vec::new, |it| excerpt::marks(it, subject.file));
    let text = excerpt::seen(subject.source.unwrap_or_default());
    let line = |(index, text): (usize, &str)| {
        let mark = marks
            .iter()
            .find(|(place, _)| place.line as usize == index + 1);
        let is_comment = text.trim_start().starts_with("//");
        Line {
            text: text.to_owned(),
            class: match mark {
                Some(_) => "bad",
                None if is_comment => "comment",
                None => "",
            },
            note: mark.and_then(|(_, note)| note.clone()).unwrap_or_default(),
        }
    };
    text.lines().enumerate().map(line).collect()
}

/// What was printed, each line with the step that began it.
fn output(run: &Run) -> Vec<Output> {
    let mut steps = vec![1; run.output.len()];
    for (index, event) in run.events.iter().enumerate().rev() {
        if let What::Print(first, count) = event.what {
            let lines = steps.iter_mut().skip(first).take(count);
            lines.for_each(|step| *step = index + 1);
        }
    }
    let lines = run.output.iter().zip(steps);
    let line = |(line, step): (&sched_model::run::Line, usize)| Output {
        step,
        name: run
            .tasks
            .get(line.task)
            .map_or_else(String::new, |task| plain::line(&task.name)),
        text: plain::line(&line.text),
    };
    lines.map(line).collect()
}
