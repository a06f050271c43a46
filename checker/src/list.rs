//! `course list`: the exercises of the course, by topic.

use serde::Serialize;

use crate::exit_code::ExitCode;
use crate::message;
use crate::options::{Format, ListOptions};
use crate::report::json;
use crate::terminal;
use crate::workspace::Workspace;

/// What a list shows of an exercise.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    exercise: &'a str,
    title: &'a str,
    file: String,
    points: u32,
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
/// When it cannot be printed.
pub fn run(workspace: &Workspace, options: &ListOptions) -> anyhow::Result<ExitCode> {
    let entry = |exercise| entry(workspace, exercise);
    let entries: Vec<_> = workspace.course.exercises.iter().map(entry).collect();
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

fn entry<'a>(workspace: &Workspace, exercise: &'a crate::course::Exercise) -> Entry<'a> {
    Entry {
        exercise: &exercise.id,
        title: &exercise.title,
        file: workspace.relative(&workspace.exercise_file(exercise)),
        points: exercise.points,
    }
}

/// The list for people: a line an exercise, an empty line between topics, and how to go on.
fn table(entries: &[Entry]) -> String {
    let width = entries.iter().map(|it| it.exercise.chars().count()).max();
    let mut table = String::new();
    let mut last_topic = None;
    for entry in entries {
        let topic = entry.exercise.split('/').next();
        if last_topic.is_some() && last_topic != topic {
            table.push('\n');
        }
        last_topic = topic;
        table.push_str(&message::list_line(
            entry.exercise,
            width.unwrap_or(0),
            entry.points,
            entry.title,
        ));
    }
    table.push_str(&message::list_end(entries.first().map(|it| it.exercise)));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_groups_exercises_by_topic_and_says_how_to_go_on() {
        let entry = |exercise, title, points| Entry {
            exercise,
            title,
            file: format!("exercises/{exercise}.rs"),
            points,
        };
        let entries = [
            entry("02_process/1_function", "Five processes", 4),
            entry("05_lock/1_two_lines", "Two lines that belong together", 4),
            entry("05_lock/2_guard", "A lock that is given back", 10),
        ];
        insta::assert_snapshot!(table(&entries), @r#"
        02_process/1_function   4 points  Five processes

        05_lock/1_two_lines     4 points  Two lines that belong together
        05_lock/2_guard        10 points  A lock that is given back

        Check one of them, or a whole topic:
            course check 02_process/1_function
        "#);
        insta::assert_snapshot!(table(&[]), @r#"This course has no exercises: exercises/course.toml names none."#);
    }
}
