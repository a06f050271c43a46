//! The file `exercises/course.toml`: read strictly; every mistake is reported with its line.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{anyhow, bail};
use serde::Deserialize;
use toml::Spanned;

use super::require::{Held, Requirements};
use super::{Course, Exercise, START, View, duration};
use crate::facts::named::nearest;
use crate::facts::{Cause, Requirement, Tasks, Verdict};
use crate::message::course as message;

/// An exercise as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExercise {
    title: String,
    #[serde(default = "one_empty_row")]
    args: Vec<Vec<String>>,
    #[serde(default)]
    edges: Vec<Vec<String>>,
    view: View,
    #[serde(default)]
    tasks: Tasks,
    #[serde(default)]
    require: Requirements,
    #[serde(default, deserialize_with = "duration::read")]
    max_delay: Option<Duration>,
    #[serde(default)]
    allow_unsafe: bool,
    points: u32,
    #[serde(default)]
    hints: BTreeMap<Spanned<String>, Vec<String>>,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCourse {
    #[serde(default)]
    exercise: BTreeMap<Spanned<String>, RawExercise>,
}

fn one_empty_row() -> Vec<Vec<String>> {
    vec![Vec::new()]
}

/// Parses the file's text; `shown` is the path to name in errors.
pub fn parse(text: &str, shown: &str) -> anyhow::Result<Course> {
    let raw: RawCourse = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        anyhow!("{shown}:{line}: {}", error.message())
    })?;
    let mut exercises: Vec<(usize, Exercise)> = Vec::new();
    for (id, exercise) in raw.exercise {
        let start = id.span().start;
        let exercise = exercise.validate(id.into_inner()).map_err(|(at, error)| {
            anyhow!("{shown}:{}: {error}", line_of(text, at.unwrap_or(start)))
        })?;
        exercises.push((start, exercise));
    }
    // The parser's tables are sorted by name; the course is in the order of the file.
    exercises.sort_by_key(|(start, _)| *start);
    Ok(Course {
        exercises: exercises
            .into_iter()
            .map(|(_, exercise)| exercise)
            .collect(),
    })
}

/// A mistake, with its offset in the file unless that is where the exercise begins.
type Mistake = (Option<usize>, anyhow::Error);

impl RawExercise {
    fn validate(self, id: String) -> Result<Exercise, Mistake> {
        check_id(&id).map_err(|error| (None, error))?;
        for (name, levels) in &self.hints {
            let at = Some(name.span().start);
            check_hint(name.get_ref(), levels).map_err(|error| (at, error))?;
        }
        let hints = self
            .hints
            .into_iter()
            .map(|(name, levels)| (name.into_inner(), levels));
        let exercise = Exercise {
            id,
            title: self.title,
            ordinary: self.args.len(),
            rows: [self.args, self.edges].concat(),
            view: self.view,
            tasks: self.tasks,
            require: self.require,
            max_delay: self.max_delay,
            allow_unsafe: self.allow_unsafe,
            points: self.points,
            hints: hints.collect(),
        };
        check_values(&exercise).map_err(|error| (None, error))?;
        Ok(exercise)
    }
}

/// `NN_topic/K_name`: it becomes a path, a program's name and a snapshot's name.
pub fn check_id(id: &str) -> anyhow::Result<()> {
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    match id.split_once('/') {
        Some((topic, name)) if plain(topic) && plain(name) => Ok(()),
        _ => bail!(message::no_name(id)),
    }
}

fn check_hint(name: &str, levels: &[String]) -> anyhow::Result<()> {
    let verdicts = Verdict::ALL.iter().map(|it| it.name());
    let causes = Cause::ALL.iter().map(|it| it.name());
    let requirements = Requirement::ALL.iter().map(|it| it.name());
    let names = verdicts.chain(causes).chain(requirements).chain([START]);
    if names.clone().all(|it| it != name) {
        bail!(message::unknown_hint(name, nearest(name, names)));
    }
    if levels.is_empty() || levels.iter().any(|level| level.trim().is_empty()) {
        bail!(message::empty_hint(name));
    }
    Ok(())
}

fn check_values(exercise: &Exercise) -> anyhow::Result<()> {
    let id = &exercise.id;
    if exercise.title.trim().is_empty() {
        bail!(message::no_title(id));
    }
    if exercise.points == 0 {
        bail!(message::no_points(id));
    }
    if exercise.ordinary == 0 {
        bail!(message::no_rows(id));
    }
    let names: BTreeSet<String> = exercise
        .rows
        .iter()
        .map(|row| exercise.snapshot_name(row))
        .collect();
    if names.len() != exercise.rows.len() {
        bail!(message::rows_alike(id));
    }
    if let View::Blocks { first, last } = &exercise.view
        && (first.is_empty() || last.is_empty())
    {
        bail!(message::empty_block_line(id));
    }
    for number in [exercise.require.overlap, exercise.require.orders] {
        if number.is_some_and(|number| number < 2) {
            bail!(message::requires_nothing(id));
        }
    }
    let asks_nothing = |it: &Held| it.changed.is_empty() && it.printed.is_empty();
    if exercise.require.held.iter().any(asks_nothing) {
        bail!(message::holds_for_nothing(id));
    }
    let counts = [exercise.require.processes, exercise.require.at_most];
    for count in counts.into_iter().flatten() {
        if let Some(row) = exercise.rows.iter().find(|row| count.of(row).is_none()) {
            bail!(message::no_number(id, row));
        }
    }
    Ok(())
}

fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::require::Count;
    use crate::course::tests::GOOD;

    #[track_caller]
    fn error(text: &str) -> String {
        parse(text, "course.toml")
            .expect_err("this has a mistake")
            .to_string()
    }

    #[test]
    fn exercises_come_in_the_order_of_the_file() {
        let course = parse(GOOD, "course.toml").expect("parses");
        let ids: Vec<&str> = course.exercises.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids, ["05_lock/1_two_lines", "02_process/1_function"]);
    }

    #[test]
    fn every_field_is_read() {
        let course = parse(GOOD, "course.toml").expect("parses");
        let lock = course.exercise("05_lock/1_two_lines").expect("is there");
        assert_eq!(lock.bin_name(), "05_lock-1_two_lines");
        assert_eq!(lock.rows, [["5"], ["3"]]);
        let view = View::Blocks {
            first: "is running".into(),
            last: "is done".into(),
        };
        assert_eq!(lock.view, view);
        assert_eq!(lock.require.processes, Some(Count::Argument(1)));
        assert_eq!(lock.require.overlap, Some(2));
        assert_eq!(lock.require.makespan, Some(Duration::from_secs(1)));
        assert_eq!(lock.max_delay, Some(Duration::from_millis(1500)));
        assert_eq!(lock.hints["start"].len(), 2);
        let function = course.exercise("02_process/1_function").expect("is there");
        assert_eq!(function.rows, [Vec::<String>::new()]);
        assert_eq!((lock.ordinary, function.ordinary), (2, 1));
        assert_eq!(function.view, View::ByTask);
        assert_eq!(
            (lock.tasks, function.tasks),
            (Tasks::Processes, Tasks::Threads)
        );
        assert_eq!((lock.allow_unsafe, function.allow_unsafe), (false, true));
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line() {
        let text = GOOD.replace("max_delay", "maximum_delay");
        assert!(error(&text).starts_with("course.toml:7: unknown field `maximum_delay`"));
    }

    #[test]
    fn an_unknown_view_is_told_with_its_line() {
        let text = GOOD.replace("\"by_task\"", "\"by_thread\"");
        let error = error(&text);
        assert!(
            error.starts_with("course.toml:14: unknown variant `by_thread`"),
            "{error}"
        );
    }

    #[test]
    fn a_wrong_duration_is_told_with_its_line() {
        let text = GOOD.replace("\"1.5s\"", "\"soon\"");
        let error = error(&text);
        assert!(
            error.starts_with("course.toml:7: \"soon\" is no duration"),
            "{error}"
        );
    }

    #[test]
    fn an_unknown_hint_is_told_with_its_line() {
        let text = GOOD.replace("hints.wrong_order", "hints.wrong_odor");
        let error = error(&text);
        assert!(
            error.starts_with("course.toml:10: hints.wrong_odor")
                && error.ends_with("; did you mean `wrong_order`?"),
            "{error}"
        );
    }

    #[test]
    fn mistakes_of_an_exercise_are_told_with_its_line() {
        for (from, to, message) in [
            (
                "05_lock/1_two_lines",
                "05_lock/TwoLines",
                "the exercise's name",
            ),
            (
                "points = 4",
                "points = 0",
                "05_lock/1_two_lines must be worth",
            ),
            (
                "[[\"5\"], [\"3\"]]",
                "[]",
                "args of 05_lock/1_two_lines has no row",
            ),
            (
                "[[\"5\"], [\"3\"]]",
                "[[\"5\"], [\"5\"]]",
                "two rows of args",
            ),
            (
                "[[\"5\"], [\"3\"]]",
                "[[\"x\"]]",
                "a count required of 05_lock/1_two_lines",
            ),
            ("overlap = 2", "overlap = 1", "overlap and orders"),
            (
                "overlap = 2",
                "held = [{ lock = \"till\" }]",
                "each entry of `held` of 05_lock/1_two_lines",
            ),
            (
                "first = \"is running\"",
                "first = \"\"",
                "the first and the last line",
            ),
        ] {
            let error = error(&GOOD.replace(from, to));
            assert!(
                error.starts_with(&format!("course.toml:2: {message}")),
                "{error}"
            );
        }
    }
}
