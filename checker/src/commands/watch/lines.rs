//! `course watch --lines`: checks each exercise that is saved, and prints lines that an editor reads.

use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use super::files::Files;
use super::target;
use crate::commands::check::{check_one, not_judged, source};
use crate::course::record::Record;
use crate::course::text::Text;
use crate::course::workspace::Workspace;
use crate::report::short;
use crate::support::exit_code::ExitCode;
use crate::support::interrupt;
use crate::support::terminal::{self, Reader};

/// How often to look at the files, in case the system does not report their changes.
const TICK: Duration = Duration::from_millis(500);
/// Editors save in several steps.
const SETTLE: Duration = Duration::from_millis(15);

/// Checks this exercise, or the one where the learner is, and then each that is saved, until a signal
/// comes or nobody reads any more.
///
/// # Errors
///
/// When nothing can be printed.
pub fn run(workspace: &Workspace, exercise: Option<usize>) -> anyhow::Result<ExitCode> {
    let (sender, saved) = mpsc::channel();
    let _files = Files::watch(&workspace.root.join("exercises"), sender.clone());
    let mut checked = hashes(workspace);
    let here = exercise.or(Record::read(workspace)?.current(&workspace.ids()));
    let mut due: Vec<usize> = here.into_iter().collect();
    loop {
        for exercise in due {
            if check(workspace, exercise)? == Reader::Gone {
                return Ok(ExitCode::Passed);
            }
            if let Some(signal) = interrupt::signal() {
                return Ok(ExitCode::Interrupted(signal));
            }
        }
        if saved.recv_timeout(TICK).is_ok() {
            std::thread::sleep(SETTLE);
        }
        let now = hashes(workspace);
        let differs =
            |&exercise: &usize| now[exercise].is_some() && now[exercise] != checked[exercise];
        due = (0..now.len()).filter(differs).collect();
        for (last, now) in checked.iter_mut().zip(now) {
            // A file that is just being saved may be away for a moment.
            *last = now.or(last.take());
        }
        if let Some(signal) = interrupt::signal() {
            return Ok(ExitCode::Interrupted(signal));
        }
    }
}

/// What the file of each exercise holds.
fn hashes(workspace: &Workspace) -> Vec<Option<String>> {
    let files = workspace.course.exercises.iter();
    let files = files.map(|it| workspace.exercise_file(it));
    files.map(|file: PathBuf| Text::read(file).hash()).collect()
}

/// Checks an exercise between its two lines.
fn check(workspace: &Workspace, exercise: usize) -> anyhow::Result<Reader> {
    let target = target(workspace, &workspace.course.exercises[exercise]);
    let file = target.file(workspace);
    terminal::print(&short::begun(&file))?;
    let outcome = check_one(workspace, &target, true)
        .unwrap_or_else(|error| not_judged(workspace, &target, &error));
    let source = |file: &str| source(workspace, &target, file);
    terminal::print(&short::ended(&outcome, &file, &source))
}
