//! `course watch`: checks the learner's current exercise whenever it is saved, and reacts to keys.
//!
//! One thread waits for what happens (a key, a save, the end of a check) and draws the screen;
//! another one checks. A save while a check runs cancels the check and begins a new one.

mod files;
mod jobs;
mod keys;
mod lines;
mod loops;
mod screen;
mod state;

use std::path::PathBuf;
use std::sync::mpsc;

use crate::check::{CheckOptions, DEFAULT_SCHEDULES, Subject};
use crate::course::Exercise;
use crate::course::record::Record;
use crate::course::workspace::Workspace;
use crate::facts::Outcome;
use crate::facts::progress::Progress;
use crate::message::watch as message;
use crate::options::{self, Target, WatchOptions};
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::interrupt;
use crate::support::terminal;

use self::files::Files;
use self::keys::{Key, KeyMode};
use self::loops::Watch;
use self::state::State;

/// What the watching loop waits for.
pub enum Happening {
    /// A key was pressed.
    Key(Key),
    /// Some file was saved, perhaps.
    Saved,
    /// The work of this number is so far.
    Told(u64, Progress),
    /// The check of this number ended.
    Checked(u64, Box<anyhow::Result<Outcome>>),
    /// The checks of all exercises, of this number, ended, with what they came to.
    CheckedAll(u64, Vec<Outcome>),
}

/// Watches until the learner quits.
///
/// # Errors
///
/// A [`UsageError`] where there is no terminal; also when the terminal or the progress cannot be
/// used.
pub fn run(workspace: &Workspace, options: &WatchOptions) -> anyhow::Result<ExitCode> {
    if options.lines {
        return lines::run(workspace, options.exercise);
    }
    if !terminal::is_interactive() {
        return Err(UsageError(message::needs_terminal().to_owned()).into());
    }
    let ids = workspace.ids();
    let current = options.exercise.or(Record::read(workspace)?.current(&ids));
    let Some(current) = current else {
        return Err(UsageError(crate::message::learner::no_exercises()).into());
    };
    interrupt::keep_terminal()?;
    let mode = KeyMode::enter()?;
    let (sender, happenings) = mpsc::channel();
    keys::listen(sender.clone());
    let _files = Files::watch(&workspace.root.join("exercises"), sender.clone());
    let state = State::new(ids.len(), current);
    std::thread::scope(|scope| {
        let mut watch = Watch::new(scope, workspace, &mode, state, sender);
        let ended = watch.run(&happenings);
        // The last check ends early, or the scope would wait for it.
        watch.cancel();
        // What comes next begins on a line of its own.
        terminal::print("\n")?;
        ended
    })
}

/// How the current exercise is checked: as `course check` does.
fn target<'w>(workspace: &Workspace, exercise: &'w Exercise) -> Target<'w> {
    Target {
        exercise: std::borrow::Cow::Borrowed(exercise),
        options: CheckOptions {
            schedules: DEFAULT_SCHEDULES,
            seed: 0,
            jobs: options::allowed_cores(),
            exhaustive: None,
            subject: Subject::learner(workspace, exercise),
        },
    }
}

/// Where the page of a failing schedule is written.
fn page_file(workspace: &Workspace) -> PathBuf {
    workspace.root.join("target/course/timeline.html")
}
