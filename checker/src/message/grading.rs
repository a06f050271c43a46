//! What is said about `grading.toml`, the table of learners, and the grades made of them.

use crate::message::did_you_mean;
use crate::message::plain;

/// All that the file may say, as the page for instructors shows it.
pub const EXAMPLE: &str = r#"
exercises = ["05_lock", "06_condition/2_while_not_if"]
total = 20
decimals = 2
tries = "best"
hints = false
learners = "learners.csv"

[points]
"05_lock/1_two_lines" = 2.5
[weights]
"05_lock" = 2

[deadline]
at = 2026-05-01T23:59:00+02:00
grace = "15m"
per_day = "10%"
until = "7d"

[columns]
moodle = "Grade"
canvas = "Sheet 5 (12345)"
blackboard = "Sheet 5 |67890"
"#;

/// What the parser says of a mistake, and how a line with this key is written.
pub fn mistake(error: &str, key: Option<&str>, like: Option<&str>) -> String {
    let of = |line: &&str| line.split(" = ").next() == key;
    let example = EXAMPLE.lines().find(of);
    let example = example.map_or(String::new(), |line| format!("; write it as in `{line}`"));
    format!("{}{example}{}", plain::line(error), did_you_mean(like))
}

/// A text that is no moment.
pub fn no_moment(text: &str) -> String {
    format!("`{text}` is no date with a time and an offset from UTC")
}

/// A number that is no amount of points.
pub fn no_amount() -> &'static str {
    "points and weights are numbers from 0 to a billion"
}

/// A text that is no percentage.
pub fn no_percent(text: &str) -> String {
    format!(
        "`{}` is no part of the points: write one from \"0%\" to \"100%\"",
        plain::line(text)
    )
}

/// More decimals than there are.
pub fn too_many_decimals(most: u32) -> String {
    format!("points have at most {most} decimals")
}

/// A name that no exercise and no topic has.
pub fn no_exercise(name: &str, like: Option<&str>) -> String {
    let name = plain::line(name);
    format!(
        "the course has no exercise or topic `{name}`{}",
        did_you_mean(like)
    )
}

/// A deadline that is another moment elsewhere; its date and its time, as far as they are there.
pub fn no_zone(at: &str, date: Option<&str>, time: Option<&str>) -> String {
    let (date, time) = (date.unwrap_or("2026-05-01"), time.unwrap_or("23:59:00"));
    format!(
        "the deadline {} needs a date, a time and an offset from UTC, such as {date}T{time}+02:00",
        plain::line(at)
    )
}

/// A table that is no text.
pub fn no_text(file: &str) -> String {
    format!(
        "{} is no text in UTF-8 or UTF-16: save it as a table of comma-separated values in UTF-8",
        plain::line(file)
    )
}

/// There is a deadline, and nothing that tells when something was handed in: no table of learners, or
/// one without such a column.
pub fn no_times(has_table: bool) -> &'static str {
    match has_table {
        true => {
            "The deadline changes nothing: the table of learners has no column that tells when \
             something was handed in. Add `submitted`, or take a table that the platform exports with \
             the times."
        }
        false => {
            "The deadline changes nothing: nothing tells when something was handed in. Name a table of \
             learners with a column `submitted`, by `learners = \"learners.csv\"`."
        }
    }
}

/// A file cannot be read.
pub fn not_read(file: &str, why: &str) -> String {
    format!("failed to read {}: {}", plain::line(file), plain::line(why))
}

/// A table that is none.
pub fn no_table(file: &str, why: &str) -> String {
    format!(
        "{} is no table of comma-separated values: {}",
        plain::line(file),
        plain::line(why)
    )
}

/// A table without a column that tells who.
pub fn no_columns(file: &str, there: &[String]) -> String {
    format!(
        "{} has none of the columns submission, name, student id, username, email, id; it has: {}",
        plain::line(file),
        plain::line(&there.join(", "))
    )
}

/// A column that is there twice.
pub fn column_twice(file: &str, name: &str) -> String {
    format!(
        "{} has the column `{}` twice: keep the one that is meant",
        plain::line(file),
        plain::line(name)
    )
}

/// Two learners are known by the same.
pub fn known_twice(file: &str, [first, second]: [usize; 2], value: &str) -> String {
    format!(
        "{}: lines {first} and {second} both have `{}`, by which a platform knows one learner: \
         correct one of them, or remove it",
        plain::line(file),
        plain::line(value)
    )
}

/// Nothing that counts has points.
pub fn nothing_counts() -> &'static str {
    "nothing counts: of `total` and of the points and weights of the exercises that count, some must be \
     more than 0"
}

/// Submissions of nobody in the table of learners, which no platform's table has.
pub fn not_in_table(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|it| plain::line(it)).collect();
    plain::wrap(
        "",
        &format!(
            "Not in the table of learners, and so not in the tables for platforms: {}.",
            names.join(", ")
        ),
    )
}

/// A time that is none.
pub fn no_time(file: &str, line: usize, text: &str) -> String {
    format!(
        "{}:{line}: `{}` is no time, or may be several: write it as 2026-05-01T23:59:00+02:00",
        plain::line(file),
        plain::line(text)
    )
}

/// A submission that may be of several learners.
pub fn several_learners(submission: &str, learners: &[String]) -> String {
    format!(
        "`{}` may have been handed in by any of {}: say which in the column `submission`",
        plain::line(submission),
        plain::line(&learners.join(", "))
    )
}

/// By which file grades are made.
pub fn by(file: &str) -> String {
    format!("grading: {}", plain::line(file))
}

/// A submission without a row in the table of learners.
pub fn not_listed() -> &'static str {
    "not in the table of learners"
}

/// By how much something was late, and what that costs.
pub fn late(days: i64, left: &str) -> String {
    let days = match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    format!("{days} late: {left}% of the points count")
}

/// A remark that is about some exercises only.
pub fn of_exercises(exercises: &[&str], remark: &str) -> String {
    format!("{}: {remark}", exercises.join(", "))
}

/// Nobody knows when something was handed in.
pub fn unknown_time() -> &'static str {
    "nobody knows when this was handed in: counted as in time"
}

/// Whether a remark is for who grades, and says nothing to the learner.
pub fn is_for_graders(remark: &str) -> bool {
    remark.ends_with(unknown_time()) || remark == not_listed()
}

/// The columns of a grading worksheet of Moodle's, of which one has the grades.
pub fn for_moodle(grades: &str) -> [&str; 8] {
    [
        "Identifier",
        "Full name",
        "ID number",
        "Email address",
        grades,
        "Maximum Grade",
        "Last modified (grade)",
        "Feedback comments",
    ]
}

/// The columns about a learner in Canvas's gradebook; assignments follow.
pub const FOR_CANVAS: &[&str] = &["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];

/// What begins the row of the points there are in Canvas's gradebook.
pub fn points_possible() -> &'static str {
    "    Points Possible"
}

/// The columns about a learner in Blackboard's grade center; grades follow.
pub const FOR_BLACKBOARD: &[&str] = &["Last Name", "First Name", "Username", "Student ID"];
