//! What is said about a finding below its lines: waits, locks, what was printed.

use crate::facts::fact::{Access, Compared, Detail, Text};
use crate::message::at;
use crate::message::{program, refusal, waiting};

/// The text of a detail.
pub fn detail(detail: &Detail) -> String {
    match detail {
        Detail::Told(text) => text.clone(),
        Detail::PanicMessage(message) => format!("The panic's message:\n{message}"),
        Detail::StandardError(text) => format!("Standard error:\n{text}"),
        Detail::LocksHeld(accesses) => under("What was held then:", accesses.iter().map(held)),
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
            under(title(*compared), lines.iter().cloned().chain(more))
        }
        Detail::NotStarted(task, line, why) => {
            let line = at(*line);
            format!("{task} could not start a process{line}: {}.", refusal(*why))
        }
        Detail::SameEverywhere(of_clock) => program::what_was_compared(of_clock.as_deref()),
    }
}

/// A heading with lines below it.
fn under(heading: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = [heading.to_owned()].into_iter().chain(lines).collect();
    lines.join("\n")
}

/// An access, with the locks that were held at it.
fn held((access, locks): &(Access, Vec<String>)) -> String {
    let verb = match access.writes {
        true => "wrote",
        false => "read",
    };
    let locks = match locks.is_empty() {
        true => "no lock".to_owned(),
        false => locks.join(", "),
    };
    format!(
        "  {} {verb} it{} with {locks}",
        access.task,
        at(access.line)
    )
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
        Compared::Undisturbed { of_clock: false } => {
            "Printed in schedule 0 (-) and in this one (+), sorted:"
        }
        Compared::Undisturbed { of_clock: true } => {
            "Printed in schedule 0 (-) and in this one (+), sorted; <time> stands for what comes from \
             the clock:"
        }
    }
}
