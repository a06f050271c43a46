//! `course hint`: the next hint for an exercise, chosen by what its last check found.

use crate::course::record::Record;
use crate::course::select;
use crate::course::workspace::Workspace;
use crate::course::{Exercise, START};
use crate::facts::{Seen, Verdict};
use crate::message::learner as message;
use crate::message::plain;
use crate::options::HintOptions;
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::terminal;

/// A hint to be shown.
pub struct Hint {
    /// The heading.
    pub title: String,
    /// The hint itself, not wrapped.
    pub text: String,
    /// Whether it is the last one.
    pub last: bool,
}

/// Prints the next hint, or the one of the level asked for.
///
/// # Errors
///
/// A [`UsageError`] for a level that does not exist; also when the progress cannot be read.
pub fn run(workspace: &Workspace, options: &HintOptions) -> anyhow::Result<ExitCode> {
    let exercise = options.exercise;
    let topic = select::topic(&exercise.id);
    let Some(hint) = next(workspace, exercise, options.level)? else {
        terminal::print(&message::no_hint(&exercise.id, topic))?;
        return Ok(ExitCode::Passed);
    };
    let mut text = hint.title;
    text.push_str(&plain::wrap("", &plain::block(&hint.text)));
    text.push('\n');
    text.push_str(&if hint.last {
        message::last_hint(
            &exercise.id,
            topic,
            !workspace.is_without_solution(exercise),
        )
    } else {
        plain::wrap("", message::more_hints())
    });
    terminal::print(&text)?;
    Ok(ExitCode::Passed)
}

/// The hint of this level; without a level, the next one since the last check, or the last one
/// again when all were shown. `None` if there are no hints.
///
/// # Errors
///
/// A [`UsageError`] for a level that does not exist; also when the progress cannot be read.
pub fn next(
    workspace: &Workspace,
    exercise: &Exercise,
    level: Option<usize>,
) -> anyhow::Result<Option<Hint>> {
    let record = Record::read(workspace)?;
    let last = record.exercises.get(&exercise.id);
    let last = last.and_then(|entry| entry.last.as_ref());
    let seen = last.map(|last| last.seen);
    let Some(hints) = hints(exercise, seen) else {
        return Ok(None);
    };
    let shown = last.map_or(0, |last| last.hints);
    let level = level.unwrap_or_else(|| (shown + 1).min(hints.len()));
    let Some(text) = level.checked_sub(1).and_then(|index| hints.get(index)) else {
        return Err(UsageError(message::no_such_level(level, hints.len())).into());
    };
    note_shown(workspace, exercise, level);
    Ok(Some(Hint {
        title: message::hint_title(&exercise.id, level, hints.len(), seen.map(|it| it.verdict)),
        text: text.clone(),
        last: level == hints.len(),
    }))
}

/// The hints for what was seen, or those to begin with if there are none for it.
fn hints(exercise: &Exercise, seen: Option<Seen>) -> Option<&[String]> {
    let seen = exercise.hints_for(&seen.unwrap_or(Seen::just(Verdict::Pending)));
    let to_begin = || exercise.hints.get(START).map(Vec::as_slice);
    seen.or_else(to_begin).filter(|hints| !hints.is_empty())
}

fn note_shown(workspace: &Workspace, exercise: &Exercise, level: usize) {
    let noted = Record::change(workspace, |record| record.show_hint(&exercise.id, level));
    // Where that cannot be saved, the same hint comes again.
    if let Err(error) = noted {
        terminal::tell(&message::not_recorded(&error));
    }
}
