//! What is said about mistakes in `exercises/course.toml` and about missing transcripts, one
//! function a message.

use crate::message::did_you_mean;

/// What stands for how many processes print.
pub const NUMBER: &str = "a number, or \"$1\" for the first argument";

/// Hints for something that never happens.
pub fn unknown_hint(name: &str, nearest: Option<&str>) -> String {
    let like = did_you_mean(nearest);
    format!(
        "hints.{name}: {name:?} is neither \"start\" nor a verdict, a cause or a requirement{like}"
    )
}

/// Hints that say nothing.
pub fn empty_hint(name: &str) -> String {
    format!("hints.{name} is empty")
}

/// A name that cannot become a path and a program's name.
pub fn no_name(id: &str) -> String {
    format!("the exercise's name {id:?} does not look like \"05_lock/1_two_lines\"")
}

/// An exercise without a title.
pub fn no_title(id: &str) -> String {
    format!("the title of {id} is empty")
}

/// An exercise for nothing.
pub fn no_points(id: &str) -> String {
    format!("{id} must be worth at least 1 point")
}

/// An exercise that would never be run.
pub fn no_rows(id: &str) -> String {
    format!("args of {id} has no row; write [[]] for one run without arguments")
}

/// Rows of arguments that cannot be told apart by the names of their snapshots.
pub fn rows_alike(id: &str) -> String {
    format!("two rows of args of {id} would share a snapshot")
}

/// A block that begins or ends with anything.
pub fn empty_block_line(id: &str) -> String {
    format!("the first and the last line of a block of {id} must not be empty")
}

/// A requirement that always holds.
pub fn requires_nothing(id: &str) -> String {
    format!("overlap and orders of {id} must be at least 2 to require anything")
}

/// A lock that is to be held, and nobody knows for what.
pub fn holds_for_nothing(id: &str) -> String {
    format!("each entry of `held` of {id} needs `changed` or `printed`")
}

/// A required number, of processes say, that a row does not tell.
pub fn no_number(id: &str, row: &[String]) -> String {
    match row {
        [] => format!(
            "a count required of {id} names an argument, and there are none: add rows of arguments, as \
             in args = [[\"3\", \"2\"], [\"5\", \"3\"]]"
        ),
        _ => format!(
            "a count required of {id} names an argument that is no number in the row {row:?}"
        ),
    }
}

/// A text that is no duration.
pub fn no_duration(text: &str) -> String {
    format!(
        "{text:?} is no duration: write a number and ms, s, m, h or d, as in \"200ms\" or \"1.5h\""
    )
}

/// A row of arguments whose transcript nobody wrote.
pub fn no_transcript(file: &str) -> String {
    format!("the expected transcript {file} is missing; `course author bless` writes it")
}

/// A snapshot that is something else than text.
pub fn no_text_snapshot(file: &str) -> String {
    format!("{file}: this is no text snapshot")
}
