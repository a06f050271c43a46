//! What the screen says while `course` watches, one function a message.

use std::path::Path;

use anstyle::{AnsiColor, Style};

use crate::facts::progress::{Progress, Stage};
use crate::facts::{Blame, Verdict};
use crate::message::program;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Where the learner is.
pub fn title((id, title): (&str, &str), file: &str) -> String {
    format!("{BOLD}{id}{BOLD:#}  {title}\n{DIM}{file}{DIM:#}\n\n")
}

/// While the check runs.
pub fn checking(progress: Option<Progress>) -> String {
    match progress {
        None => "Checking ...\n".to_owned(),
        Some(Progress { stage, done, total }) => match stage {
            Stage::Schedules => format!("Checking ... {done} of {total} schedules\n"),
            Stage::Libraries => {
                let what = program::building_libraries();
                format!("{what} {done} of {total}\n")
            }
        },
    }
}

/// What to do about a verdict where saving is enough to have it checked again; nothing where a
/// learner sees that.
pub fn what_to_do(verdict: Verdict, file: &str) -> String {
    match verdict.traits().blame {
        Blame::Unfinished => {
            format!("Open {file}, read the task at its top, replace the todo!(), and save it.")
        }
        Blame::Checker => "To try again, press r.".to_owned(),
        Blame::Program | Blame::Nobody => String::new(),
    }
}

/// What a pass says, once it was told what that is.
pub fn no_proof() -> &'static str {
    "None of these schedules broke it, which is no proof."
}

/// How much there is below what is seen.
pub fn more(below: usize) -> String {
    let what = match below {
        0 => "the end; b back".to_owned(),
        1 => "1 more line: Space goes on, b back".to_owned(),
        below => format!("{below} more lines: Space goes on, b back"),
    };
    format!("{DIM}-- {what} --{DIM:#}")
}

/// How many exercises are done, as a bar and in numbers.
pub fn progress(done: usize, all: usize) -> String {
    const WIDTH: usize = 40;
    let full = (WIDTH * done).checked_div(all).unwrap_or(0);
    let green = AnsiColor::Green.on_default();
    let (bar, rest) = ("#".repeat(full), "-".repeat(WIDTH - full));
    format!("Progress: [{green}{bar}{green:#}{rest}] {done}/{all}\n")
}

/// The keys, in a line.
pub fn keys() -> &'static str {
    "n next  p previous  r again  h hint  l list  t timeline  q quit  ? all keys\n"
}

/// What each key does.
pub fn help() -> String {
    let keys = [
        ("n", "the next exercise"),
        ("p", "the previous exercise"),
        ("r", "check this exercise again"),
        ("h", "a hint; again: the next one"),
        ("l", "the list of all exercises, to choose one"),
        (
            "t",
            "the timeline of what failed, as a page for the browser",
        ),
        ("c", "check all exercises"),
        (
            "x",
            "put this exercise back to how it was handed out; you are asked first",
        ),
        ("u", "take that back"),
        (
            "Space b",
            "the next or previous page of what is longer than the screen",
        ),
        (
            "j k",
            "the next or previous line of it; the arrows do the same",
        ),
        ("q", "quit"),
    ];
    let mut text =
        "Save the file, and it is checked. When it passes, the next one is up.\n\n".to_owned();
    for (key, what) in keys {
        text.push_str(&format!("  {BOLD}{key:7}{BOLD:#}  {what}\n"));
    }
    text
}

/// How to leave what is shown.
pub fn back() -> &'static str {
    "Any key: back\n"
}

/// The keys of the list.
pub fn list_keys() -> String {
    "\nj down  k up  Space next page  b previous page  Enter go there  q back\n".to_owned()
}

/// All exercises are done.
pub fn all_done(all: usize) -> String {
    let green = AnsiColor::Green.on_default().bold();
    format!("{green}You have passed all {all} exercises.{green:#}\n")
}

/// The exercise passed, and it was not saved just now, so the learner stays.
pub fn go_on() -> &'static str {
    "Press n for the next exercise.\n"
}

/// `x` was pressed.
pub fn asks_to_reset(file: &str) -> String {
    format!(
        "Press x again to put {file} back to how it was handed out. What you have is kept. Any other \
         key: leave it."
    )
}

/// A hint, with its heading.
pub fn hint(title: &str, text: &str, last: bool) -> String {
    let more = if last {
        ""
    } else {
        "Press h for the next one.\n"
    };
    format!("{BOLD}{title}{BOLD:#}{text}{more}")
}

/// There is nothing to show the timeline of.
pub fn no_timeline() -> &'static str {
    "There is no failing schedule to show.\n"
}

/// Where the page with the timeline is.
pub fn timeline(file: &Path) -> String {
    let file = file.display();
    format!("The timeline of the failing schedule, to be opened in a browser:\n    {file}\n")
}

/// Something that a key asked for could not be done.
pub fn failed(error: &anyhow::Error) -> String {
    crate::message::error(error) + "\n"
}

/// `course watch` needs somebody who presses keys.
pub fn needs_terminal() -> &'static str {
    "course watch needs a terminal, to show reports in and to take keys from\nTo check once:\n    \
     course check 05_lock"
}

/// The checker itself panicked.
pub fn panicked() -> &'static str {
    "the checker panicked; this is its fault, not yours"
}
