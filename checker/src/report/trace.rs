//! The trace of a run as text: a row for each event, with when, which task, at which line, and what it did.

use sched_model::run::{Event, Run};

use crate::message::{plain, trace};

/// A run, step by step, and how it ended. Lines of `file` are given by their number alone.
pub fn trace(run: &Run, file: &str) -> String {
    let row = |event: &Event| {
        let (task, line) = (trace::task(run, event.task), trace::line(run, file, event));
        [
            trace::time(event.time),
            task,
            line,
            trace::deed(run, file, event),
        ]
    };
    let rows: Vec<[String; 4]> = run.events.iter().map(row).collect();
    let header = trace::HEADER.map(str::to_owned);
    let width = |column: usize| {
        let cells = rows
            .iter()
            .chain([&header])
            .map(|row| plain::columns(&row[column]));
        cells.max().unwrap_or(0)
    };
    let (time, task, line) = (width(0), width(1), width(2));
    let mut text = String::new();
    for [t, who, at, what] in [&header].into_iter().chain(&rows) {
        let who = plain::pad(who, task);
        let row = format!("{t:>time$}  {who}  {at:>line$}  {what}");
        text.push_str(plain::cut(&row, plain::WIDTH.max(time + task + line + 30)).trim_end());
        text.push('\n');
    }
    text.push('\n');
    for (first, paragraph) in trace::end(run, file) {
        text.push_str(&plain::wrap(first, &paragraph));
    }
    if !run.stderr.is_empty() {
        text.push_str(trace::STANDARD_ERROR);
        text.push_str(&indented(&plain::block(&run.stderr)));
    }
    text
}

/// Lines moved to the right.
fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

#[cfg(test)]
#[path = "trace_tests.rs"]
mod tests;
