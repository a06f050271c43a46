//! `course list`: the exercises of the course, by topic, and how far the learner is with each.

use serde::Serialize;

use crate::commands::init::content::Stubs;
use crate::commands::init::embedded::Bytes;
use crate::course::Exercise;
use crate::course::record::Record;
use crate::course::text::Text;
use crate::course::workspace::Workspace;
use crate::facts::standing::{Best, Standing};
use crate::message::learner as message;
use crate::options::{Format, ListOptions};
use crate::report::json;
use crate::support::exit_code::ExitCode;
use crate::support::terminal;

/// What a list shows of an exercise.
#[derive(Debug, Serialize)]
pub struct Entry<'a> {
    exercise: &'a str,
    title: &'a str,
    file: String,
    points: u32,
    state: &'static str,
    #[serde(skip)]
    standing: Standing,
    best: Option<Best>,
    current: bool,
}

impl Entry<'_> {
    /// Whether it has passed, whatever became of it since.
    pub fn is_done(&self) -> bool {
        use Standing::{ChangedSince, FailsNow, Passed};
        matches!(self.standing, Passed | ChangedSince | FailsNow(_))
    }
}

/// The list for programs.
#[derive(Serialize)]
struct List<'a> {
    version: u32,
    tool: &'static str,
    exercises: &'a [Entry<'a>],
}

/// Prints the list.
///
/// # Errors
///
/// When the progress cannot be read or the list not be printed.
pub fn run(workspace: &Workspace, options: &ListOptions) -> anyhow::Result<ExitCode> {
    let record = Record::read(workspace)?;
    let entries = entries(workspace, &record);
    let list = match options.format {
        Format::Text => table(&entries),
        Format::Json => json::pretty(&List {
            version: json::VERSION,
            tool: json::TOOL,
            exercises: &entries,
        })?,
    };
    terminal::print(&list)?;
    Ok(ExitCode::Passed)
}

/// All exercises, with how far the learner is.
pub fn entries<'a>(workspace: &'a Workspace, record: &Record) -> Vec<Entry<'a>> {
    let current = record.current(&workspace.ids());
    let exercises = workspace.course.exercises.iter().enumerate();
    let stubs = Stubs::of(workspace);
    exercises
        .map(|(index, exercise)| {
            let stub = stubs.get(workspace, exercise);
            entry(workspace, record, exercise, stub, current == Some(index))
        })
        .collect()
}

fn entry<'a>(
    workspace: &Workspace,
    record: &Record,
    exercise: &'a Exercise,
    stub: Option<Bytes>,
    current: bool,
) -> Entry<'a> {
    let file = workspace.exercise_file(exercise);
    let now = Text::read(file.clone()).hash();
    let stub = stub.map(|bytes| Ok(bytes.as_ref().into()));
    let stub = stub.and_then(|bytes| Text::handed_in(file.clone(), bytes).hash());
    let standing = record.standing(&exercise.id, now.as_deref(), stub.as_deref());
    Entry {
        exercise: &exercise.id,
        title: &exercise.title,
        file: workspace.relative(&file),
        points: exercise.points,
        state: message::standing(standing),
        standing,
        best: record.exercises.get(&exercise.id).and_then(|it| it.best),
        current,
    }
}

/// The list for people: the exercises below their topics, and how to go on.
fn table(entries: &[Entry]) -> String {
    let mut table = lines(entries, None);
    let done = entries.iter().filter(|entry| entry.is_done()).count();
    let reached = entries
        .iter()
        .filter_map(|it| it.best)
        .map(|it| it.points)
        .sum();
    let all = entries.iter().map(|it| it.points).sum();
    let open = entries.iter().find(|it| it.current && !it.is_done());
    let next = open.or_else(|| entries.iter().find(|it| !it.is_done()));
    let next = next.map(|it| it.exercise);
    table.push_str(&message::list_end(
        done,
        entries.len(),
        (reached, all),
        next,
    ));
    table
}

/// Only the lines of the list, with a mark at the entry `marked`, or at the current exercise.
pub fn lines(entries: &[Entry], marked: Option<usize>) -> String {
    let mut lines = message::list_heading();
    let mut last_topic = None;
    for (index, entry) in entries.iter().enumerate() {
        let (topic, name) = entry
            .exercise
            .split_once('/')
            .unwrap_or(("", entry.exercise));
        if last_topic != Some(topic) {
            lines.push_str(&format!("{topic}\n"));
        }
        last_topic = Some(topic);
        let is_marked = marked.map_or(entry.current, |marked| marked == index);
        lines.push_str(&message::list_line(
            (name, is_marked),
            entry.standing,
            entry.best,
            entry.points,
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Verdict;

    #[test]
    fn the_list_groups_exercises_by_topic_and_says_how_to_go_on() {
        let entry = |exercise, standing, best: Option<(Verdict, u32)>, points| Entry {
            exercise,
            title: "T",
            file: format!("exercises/{exercise}.rs"),
            points,
            state: message::standing(standing),
            standing,
            best: best.map(|(verdict, points)| Best { verdict, points }),
            current: exercise == "05_lock/2_guard",
        };
        let passed = Some((Verdict::Passed, 4));
        let tried = Standing::Tried(Verdict::Deadlock);
        let entries = [
            entry("02_process/1_function", Standing::Passed, passed, 4),
            entry("05_lock/1_two_lines", Standing::ChangedSince, passed, 4),
            entry("05_lock/2_guard", tried, Some((Verdict::WrongOrder, 1)), 10),
            entry("05_lock/3_check_then_act", Standing::NotStarted, None, 4),
        ];
        let plain = |text: &str| anstream::adapter::strip_str(text).to_string();
        insta::assert_snapshot!(plain(&table(&entries)), @r"
            exercise               state                  points  best
        02_process
          ✓ 1_function             passed                    4/4  passed
        05_lock
          ~ 1_two_lines            changed since             4/4  passed
        > ✗ 2_guard                deadlock                 1/10  wrong order
          · 3_check_then_act       not started               -/4  -

        2 of 4 exercises passed, 9 of 22 points
        Go on with one of them, or have them checked at each save:
            course check 05_lock/2_guard
            course watch
        ");
        assert!(table(&[]).contains("This course has no exercises"));
    }
}
