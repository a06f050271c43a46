//! `course solution`: how the course solves an exercise, compared with the learner's answer.

use std::fs;

use anyhow::Context;
use similar::TextDiff;

use crate::course::record::Record;
use crate::course::workspace::Workspace;
use crate::facts::given;
use crate::message::learner as message;
use crate::message::plain;
use crate::options::SolutionOptions;
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::terminal;

/// Prints the difference between the learner's part and the solution's.
///
/// # Errors
///
/// A [`UsageError`] where the exercise has not passed; also when a file cannot be read.
pub fn run(workspace: &Workspace, options: &SolutionOptions) -> anyhow::Result<ExitCode> {
    let exercise = options.exercise;
    if workspace.is_without_solution(exercise) {
        return Err(UsageError(message::no_solution(&exercise.id)).into());
    }
    if !options.force && !Record::read(workspace)?.is_done(&exercise.id) {
        return Err(UsageError(message::solution_after_passing(&exercise.id)).into());
    }
    let part = |path: &std::path::Path| -> anyhow::Result<String> {
        let text = fs::read(path)
            .with_context(|| format!("failed to read {}", workspace.relative(path)))?;
        let text = String::from_utf8_lossy(&text).into_owned();
        Ok(given::split(&text).map_or(text.clone(), |(own, _)| own.to_owned()))
    };
    let own = part(&workspace.exercise_file(exercise))?;
    let solution = part(&workspace.solution_file(exercise))?;
    terminal::print(&shown(&exercise.id, &own, &solution))?;
    Ok(ExitCode::Passed)
}

/// The difference as text, in colours.
fn shown(exercise: &str, own: &str, solution: &str) -> String {
    if own.trim_end() == solution.trim_end() {
        return message::solution_is_yours(exercise);
    }
    let diff = TextDiff::from_lines(own, solution);
    let mut text = plain::wrap("", &message::solution_title(exercise));
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        for change in hunk.iter_changes() {
            let line = plain::block(change.value().trim_end_matches(['\n', '\r']));
            text.push_str(&terminal::diff_line(change.tag(), &line));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_goes_from_the_learners_answer_to_the_courses() {
        let own = "fn a() {}\nfn b() { todo!() }\n";
        let solution = "fn a() {}\nfn b() { 1 }\n";
        let text =
            anstream::adapter::strip_str(&shown("05_lock/2_guard", own, solution)).to_string();
        assert!(
            text.contains("  fn a() {}\n- fn b() { todo!() }\n+ fn b() { 1 }\n"),
            "{text}"
        );
        let same = shown("05_lock/2_guard", own, own);
        assert!(same.contains("the same as the course's"), "{same}");
    }
}
