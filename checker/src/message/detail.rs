//! What is said about a finding below its lines: waits, locks, what was printed.

use sched_model::run::How;

use crate::facts::State;
use crate::facts::fact::{Access, Compared, Detail, Elsewhere, Free, Holding, Text};
use crate::message::at;
use crate::message::{finding, program, refusal, trace, waiting};

/// The text of a detail.
pub fn detail(detail: &Detail) -> String {
    match detail {
        Detail::Told(text) => text.clone(),
        Detail::PanicMessage(message) => format!("The panic's message:\n{message}"),
        Detail::StandardError(text) => format!("Standard error:\n{text}"),
        Detail::LocksHeld(accesses) => under("What was held then:", accesses.iter().map(held)),
        Detail::TooWeak(atomic, store, load) => format!(
            "Between the two {} stored into {atomic}{}, and {} loaded that{}. With Release for the \
             store and Acquire for the load they would order the two; as they are, they order nothing.",
            store.task,
            at(store.line),
            load.task,
            at(load.line)
        ),
        Detail::Circle(waits) => circle(waits),
        Detail::AlsoWaiting(waits, more) => {
            let mut lines: Vec<String> = waits.iter().map(waiting::wait).collect();
            lines.extend((*more > 0).then(|| format!("and {more} more")));
            under(
                "Also waiting:",
                lines.iter().map(|line| format!("  {line}")),
            )
        }
        Detail::Printed(lines) => {
            let line = |(between, Text { task, text }): &(bool, Text)| match between {
                true => format!("> {task}: {text}"),
                false => format!("  {task}: {text}"),
            };
            under("What was printed:", lines.iter().map(line))
        }
        Detail::Difference(compared, lines, more) => {
            let more = (*more > 0).then(|| format!("… and {more} more lines"));
            let explained = whose(lines);
            let lines = lines.iter().cloned().chain(more).chain(explained);
            under(title(*compared), lines)
        }
        Detail::States(asked, was, parts) => states(asked, was, *parts),
        Detail::NotStarted(task, line, why) => {
            let line = at(*line);
            format!("{task} could not start a process{line}: {}.", refusal(*why))
        }
        Detail::ForOneself => "If you print that line to see what happens, use eprintln! or dbg!: what they print is not \
            compared."
            .to_owned(),
        Detail::Memory(memory) => program::memory(*memory).to_owned(),
        Detail::Freely(all) => under(
            "This rests on what std leaves open; a program must be right whatever happens there:",
            all.iter().map(free),
        ),
        Detail::Long(long, asked) => program::long(*long, *asked),
        Detail::LeftOpen(printed, more) => program::left_open(printed, *more),
        Detail::SameEverywhere(of_clock) => program::what_was_compared(of_clock.as_deref()),
    }
}

/// States of a row.
const ROW: usize = 7;
/// Columns of a state and of the arrow behind it.
const CELL: usize = 10;

/// Two rows of states, one below the other, as many rows as there must be, with a mark where they part.
fn states(asked: &[State], was: &[State], parts: usize) -> String {
    let mut lines = Vec::new();
    for start in (0..asked.len().max(was.len())).step_by(ROW) {
        if start > 0 {
            lines.push(String::new());
        }
        for (name, states) in [("asked", asked), ("was", was)] {
            let row = states.iter().enumerate().skip(start).take(ROW);
            let cells = row.map(|(index, it)| match index + 1 == states.len() {
                true => finding::state(*it).to_owned(),
                false => format!("{:7} → ", finding::state(*it)),
            });
            let row: String = cells.collect();
            lines.push(format!("  {name:5}  {row}").trim_end().to_owned());
        }
        if (start..start + ROW).contains(&parts) {
            let before = " ".repeat((parts - start) * CELL);
            lines.push(format!("         {before}^^^^^^^ here they part"));
        }
    }
    let heading = "The states that were asked for, and those that it was in:";
    under(heading, lines.into_iter())
}

/// The words that stand for the numbers of processes, and what each means.
const WHOSE: &[(&str, &str)] = &[
    ("PID", "the number of the process that prints the line"),
    ("PPID", "that of its parent"),
    ("CHILD", "that of a child of its own"),
    ("OTHER", "that of another process"),
];

/// What the words mean that stand for numbers of processes in these lines, if there are any.
fn whose(lines: &[String]) -> Option<String> {
    let words = |line: &String| -> Vec<String> {
        let words = line.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_owned).collect()
    };
    let words: Vec<String> = lines.iter().flat_map(words).collect();
    let used = WHOSE
        .iter()
        .filter(|(it, _)| words.iter().any(|word| word == it));
    let mut said: Vec<String> = used
        .map(|(word, means)| format!("{word} {means}"))
        .collect();
    let first = said.first_mut()?;
    *first = first.replacen(' ', " stands for ", 1);
    // The first one is told in full.
    *first = first.replacen("stands for that of", "stands for the number of", 1);
    Some(format!("{}.", said.join(", ")))
}

/// A heading with lines below it.
fn under(heading: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = [heading.to_owned()].into_iter().chain(lines).collect();
    lines.join("\n")
}

/// Something that mostly does not happen.
fn free(it: &Free) -> String {
    let happens = trace::freely(it.freedom, it.values.as_ref());
    format!("  {}{} {happens}", it.task, at(it.line))
}

/// An access, with what was held at it.
fn held((access, holding): &(Access, Holding)) -> String {
    let verb = match access.how {
        How::Read => "read",
        How::Write => "wrote",
        How::Free => "freed",
        How::Loads => "atomically read",
        How::Changes => "atomically changed",
    };
    let permits = holding.permits.iter();
    let permits = permits.map(|it| format!("a permit of {it}"));
    let held: Vec<String> = holding.locks.iter().cloned().chain(permits).collect();
    let held = match held.is_empty() {
        true => "no lock".to_owned(),
        false => held.join(", "),
    };
    format!("  {} {verb} it{} with {held}", access.task, at(access.line))
}

/// A circle of waits, an arrow from each task to the one that it waits for.
fn circle(waits: &[(String, Option<String>)]) -> String {
    let next = waits.iter().cycle().skip(1);
    let arrow = |((task, object), (next, _)): (&(String, Option<String>), &(String, _))| {
        let what = object.as_deref().unwrap_or("its end");
        format!("  {task} --[ {what} ]--> {next}")
    };
    under(
        "Who waits for whom, in a circle:",
        waits.iter().zip(next).map(arrow),
    )
}

fn title(compared: Compared) -> &'static str {
    match compared {
        Compared::Expected => "Expected (-) and printed (+):",
        Compared::Printed(Elsewhere::Undisturbed, false) => {
            "Printed in schedule 0 (-) and in this one (+), sorted:"
        }
        Compared::Printed(Elsewhere::Undisturbed, true) => {
            "Printed in schedule 0 (-) and in this one (+), sorted; <time> stands for what comes from \
             the clock:"
        }
        Compared::Printed(Elsewhere::InOthers, false) => {
            "Printed in other schedules (-) and in this one (+), sorted:"
        }
        Compared::Printed(Elsewhere::InOthers, true) => {
            "Printed in other schedules (-) and in this one (+), sorted; <time> stands for what comes \
             from the clock:"
        }
    }
}
