//! What is said of what was typed and cannot be done, one function a message.

use std::path::Path;

use crate::message::{did_you_mean, plain};

/// The commands of a report need `course` to be installed.
pub fn not_installed() -> &'static str {
    "note: `course` is not installed. Type `cargo run --release --` instead of `course`, or \
     install it once:\n    cargo install --locked --path ."
}

/// `course check` was not told what.
pub fn nothing_to_check() -> String {
    "say what to check: a topic, an exercise or its file, or all of them\n    \
     course check 05_lock\n    course check --all\nTo see them all:\n    course list"
        .to_owned()
}

/// A name that fits nothing in the course, with one that is like it.
pub fn unknown_exercise(name: &str, nearest: Option<&str>) -> String {
    let name = plain::line(name);
    let like = did_you_mean(nearest);
    format!("there is no topic or exercise `{name}`{like}\nTo see them all:\n    course list")
}

/// One exercise is needed, but the name stands for several.
pub fn several_exercises(name: &str, exercises: &[&str]) -> String {
    let name = plain::line(name);
    let names = exercises.join("\n    ");
    format!("`{name}` stands for several exercises; name one of them:\n    {names}")
}

/// `--file` goes with one exercise.
pub fn one_exercise_for_file(count: usize) -> String {
    format!("--file is an answer to one exercise, but {count} were named; name just that one")
}

/// A file that is not there.
pub fn no_such_file(file: &Path) -> String {
    let file = plain::line(&file.display().to_string());
    format!("there is no file `{file}`; look at its name, and at the folder that you are in")
}

/// A file with something that is no text.
pub fn not_utf8() -> String {
    "the file is not valid UTF-8".to_owned()
}

/// A duration that cannot be read.
pub fn no_duration(text: &str) -> String {
    let text = plain::line(text);
    format!("`{text}` is no duration: write a number and ms, s, m, h or d, as in 200ms or 1.5h")
}

/// Arguments that the exercise is not checked with, so that nothing is known about them.
pub fn not_a_row(exercise: &str, row: &[String], rows: &[Vec<String>]) -> String {
    let shown = |row: &Vec<String>| plain::line(&format!("    --args {}", row.join(" ")));
    let rows: Vec<_> = rows.iter().map(shown).collect();
    let row = plain::line(&row.join(" "));
    format!(
        "{exercise} is not checked with the arguments `{row}`, but with:\n{}",
        rows.join("\n")
    )
}

/// The same, where only such arguments can be meant that are known.
pub fn no_such_row(exercise: &str, row: &[String]) -> String {
    format!("{exercise} is not checked with the arguments {row:?}")
}

/// A row of arguments by a number that is too large.
pub fn no_row(row: usize) -> String {
    format!("there is no row {row} of arguments")
}

/// A schedule that is none of a systematic exploration.
pub fn no_such_schedule() -> &'static str {
    "there is no schedule of this number"
}
