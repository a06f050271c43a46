//! The steps that matter as a table of text: a column for each task, time running down.

use std::collections::{BTreeMap, BTreeSet};

use sched_model::run::{ObjectKind, Run, What};
use serde::Serialize;

use crate::facts::table::{Cell, Kind, Row, Table};
use crate::message;
use crate::message::plain;
use crate::message::trace;

/// Columns of the first column: a line's number, or the word for a switch.
const FIRST: usize = 6;
/// Columns of a task at least, however narrow a terminal is.
const NARROWEST: usize = 8;
/// Lines that a step may take.
const MOST_LINES: usize = 4;

/// The table, at most as wide as is said.
pub fn table(table: &Table, run: &Run, file: &str, wide: usize) -> String {
    let count = table.tasks.len().max(1);
    // A bar and the spaces around it stand before each column.
    let width = (wide.saturating_sub(FIRST) / count)
        .saturating_sub(3)
        .max(NARROWEST);
    let name = |task: &usize| {
        let name = run.tasks.get(*task).map_or("?", |task| task.name.as_str());
        plain::cut(&plain::line(name), width)
    };
    let heads: Vec<String> = table.tasks.iter().map(name).collect();
    let mut text = row("line", &heads, width);
    let rule = format!("-+-{}", "-".repeat(width)).repeat(count);
    text.push_str(&format!("{}{}\n", "-".repeat(FIRST), rule.trim_end()));
    for each in rows(table, run, file) {
        let first = match each.decides {
            true => format!(
                "{}{:>2$}",
                message::steps::deciding(),
                each.first,
                FIRST - 1
            ),
            false => plain::cut(&each.first, FIRST),
        };
        text.push_str(&lines(&first, &each.cells, width));
    }
    text
}

/// A row in words.
#[derive(Serialize)]
pub struct Words {
    /// The line of its step, or what else it shows.
    pub first: String,
    /// What stands in the columns.
    pub cells: Vec<String>,
    /// Whether its order decides.
    pub decides: bool,
}

/// The rows in words.
pub fn rows(table: &Table, run: &Run, file: &str) -> Vec<Words> {
    let in_words = |each: &Row| {
        let (first, decides) = match each.kind {
            Kind::Switch => (message::steps::switch().to_owned(), false),
            Kind::Delay => (message::steps::delay().to_owned(), false),
            Kind::Gap(_) => (message::steps::gap().to_owned(), false),
            Kind::Step(index, _) => {
                let decides = table.decides.is_some_and(|both| both.contains(&index));
                (trace::line(run, file, &run.events[index]), decides)
            }
        };
        let cells = cells(each, run, file);
        Words {
            first,
            cells,
            decides,
        }
    };
    table.rows.iter().map(in_words).collect()
}

/// Where objects without a name of their own were made, one sentence for each line.
pub fn legend(table: &Table, run: &Run, file: &str, wide: usize) -> String {
    let mut made: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    let steps = table.rows.iter().filter_map(|row| match row.kind {
        Kind::Step(index, _) => run.events[index].object,
        _ => None,
    });
    for object in steps.collect::<BTreeSet<_>>() {
        let object = &run.objects[object];
        let unnamed = object.name.strip_prefix(object.kind.word());
        let unnamed = unnamed.and_then(|rest| rest.strip_prefix('-'));
        let unnamed = unnamed.is_some_and(|rest| rest.parse::<u32>().is_ok());
        // A line of std says nothing: `Arc::default()` makes what it holds there.
        let in_file = object.made_at.as_ref().filter(|at| *at.file == *file);
        // An atomic is known from its first use on, which is a step of its own.
        let in_file = in_file.filter(|_| object.kind != ObjectKind::Atomic);
        if let Some(at) = in_file.filter(|_| unnamed) {
            made.entry(at.line).or_default().push(&object.name);
        }
    }
    let sentence = |(line, names): (&u32, &Vec<&str>)| message::steps::made_at(*line, names);
    let sentences: Vec<String> = made.iter().map(sentence).collect();
    plain::wrap_to(wide, "", &sentences.join(" "))
}

/// What stands in the cells of a row.
fn cells(row: &Row, run: &Run, file: &str) -> Vec<String> {
    let does = || match row.kind {
        Kind::Step(index, times) => step(run, file, (index, times)),
        _ => String::new(),
    };
    let cell = |cell: &Cell| match cell {
        Cell::Nothing => String::new(),
        Cell::Does => does(),
        Cell::Ready => "Ready".to_owned(),
        Cell::Running => "Running".to_owned(),
    };
    row.cells.iter().map(cell).collect()
}

/// What a step does, and the state in which it leaves the task.
fn step(run: &Run, file: &str, (index, times): (usize, usize)) -> String {
    let event = &run.events[index];
    let mut deed = trace::deed(run, file, event);
    if times > 1 {
        deed.push_str(&message::steps::times(times, run.left_out == 0));
    }
    match event.what {
        What::Blocked | What::JoinWait(_) | What::Sleep(_) => format!("{deed}: Blocked"),
        What::Exit(_) => format!("{deed}: Exited"),
        _ => deed,
    }
}

/// A row of as many lines as its longest cell needs.
fn lines(first: &str, cells: &[String], width: usize) -> String {
    let wrapped: Vec<Vec<String>> = cells.iter().map(|cell| narrow(cell, width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut text = String::new();
    for at in 0..height {
        let line = |cell: &Vec<String>| cell.get(at).cloned().unwrap_or_default();
        let cells: Vec<String> = wrapped.iter().map(line).collect();
        text.push_str(&row(if at == 0 { first } else { "" }, &cells, width));
    }
    text
}

fn row(first: &str, cells: &[String], width: usize) -> String {
    let mut text = format!("{first:>FIRST$}");
    for cell in cells {
        text.push_str(" | ");
        text.push_str(&plain::pad(cell, width));
    }
    format!("{}\n", text.trim_end())
}

/// A cell's text in lines of this width, of which the last shows if more was cut off.
fn narrow(text: &str, width: usize) -> Vec<String> {
    let mut lines = plain::narrow(text, width);
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            *last = plain::cut(&format!("{last}  "), width.min(plain::columns(last) + 1));
        }
    }
    lines
}
