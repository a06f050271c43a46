//! `course init`: writes a folder to work in from the files in the command, and brings it up to
//! date with `--update`.

mod cargo;
pub mod embedded;
mod git;
mod manifest;
mod place;
pub mod update;

use std::fs;
use std::io;
use std::path::Path;

use anyhow::Context;

use crate::commands::init::manifest::Manifest;
use crate::course::workspace;
use crate::facts::Changes;
use crate::facts::toolchain::Problem;
use crate::message;
use crate::options::InitOptions;
use crate::program::toolchain;
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::interrupt;
use crate::support::terminal;
use crate::support::unfinished;

/// What is where a course is to be made.
enum State {
    /// Nothing.
    Free,
    /// A folder without anything in it, or one that an interrupted call began to fill.
    Empty,
}

/// Makes the folder, or brings it up to date.
///
/// # Errors
///
/// A [`UsageError`] if the folder already holds something else, or if there is nothing to bring up
/// to date; other errors when files cannot be written.
pub fn run(options: &InitOptions) -> anyhow::Result<ExitCode> {
    // Asking the compiler takes as long as writing the files.
    let rust = std::thread::spawn(|| toolchain::problem(Path::new(".")));
    let told = if options.update {
        update(&options.folder)?
    } else {
        fresh(options)?
    };
    let Some(told) = told else {
        terminal::tell(message::init::interrupted());
        let signal = interrupt::signal().unwrap_or_default();
        return Ok(ExitCode::Interrupted(signal));
    };
    terminal::print(&told)?;
    warn(rust.join().ok().flatten());
    Ok(ExitCode::Passed)
}

fn warn(problem: Option<Problem>) {
    if let Some(problem) = problem {
        terminal::tell(&message::init::warning(&problem));
    }
    terminal::tell_how_to_call();
}

/// Makes a new course. Returns what to say about it, unless a signal interrupted this.
fn fresh(options: &InitOptions) -> anyhow::Result<Option<String>> {
    let folder = &options.folder;
    let state = state_of(folder)?;
    let written = match state {
        State::Free => beside(folder)?,
        State::Empty => {
            let not_finished = || message::init::not_finished(folder);
            let _lock = place::lock(folder).with_context(not_finished)?;
            fill(folder).with_context(not_finished)?
        }
    };
    let told = || message::init::made(&options.shown, options.is_here);
    Ok(written.map(|_| told()))
}

/// What is at that place, if a course can be made there.
fn state_of(folder: &Path) -> anyhow::Result<State> {
    let refused = |message| Err(UsageError(message).into());
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Free),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return refused(message::init::no_folder(folder));
        }
        Err(error) => {
            return Err(error).with_context(|| message::init::not_read(&shown(folder)));
        }
    };
    // The first thing that is written says that a folder is not complete.
    if folder.join(manifest::FILE).is_file() && !Manifest::read(folder).complete {
        return Ok(State::Empty);
    }
    if workspace::is_course(folder) {
        return refused(message::init::is_course(folder));
    }
    if entries.any(|entry| entry.is_ok_and(|it| it.file_name() != ".course")) {
        return refused(message::init::not_empty(folder));
    }
    Ok(State::Empty)
}

/// Writes the course beside its place and then renames it: until then nothing is there.
fn beside(folder: &Path) -> anyhow::Result<Option<Changes>> {
    let not_made = || message::init::not_made(folder);
    let parent = folder.parent().unwrap_or(Path::new("/"));
    let beside = fs::create_dir_all(parent)
        .and_then(|()| unfinished::Folder::new(parent, 0o777))
        .with_context(not_made)?;
    let written = fill(beside.path()).with_context(not_made)?;
    if written.is_some() {
        beside.rename(folder).with_context(not_made)?;
    }
    Ok(written)
}

/// Writes the course into a folder that has nothing else in it, and that nobody else writes into.
fn fill(folder: &Path) -> anyhow::Result<Option<Changes>> {
    let files = embedded::files()?;
    let begun = Manifest::begun();
    begun.write(folder)?;
    let written = update::bring(folder, &files, &begun)?;
    if written.is_some() {
        git::start(folder);
    }
    Ok(written.filter(|_| !interrupt::requested()))
}

/// Brings a course up to date. Returns what to say about it, unless a signal interrupted this.
fn update(folder: &Path) -> anyhow::Result<Option<String>> {
    let Some(root) = workspace::root_above(folder) else {
        return Err(UsageError(message::init::nothing_to_update(folder)).into());
    };
    if workspace::is_repository(root) {
        return Err(UsageError(message::init::is_repository(root)).into());
    }
    let files = embedded::files()?;
    let _lock = place::lock(root)?;
    let before = Manifest::read(root);
    let changes =
        update::bring(root, &files, &before).with_context(|| message::init::not_finished(root))?;
    let from = update::other_version(&before);
    Ok(changes.map(|changes| message::init::updated(&changes, from)))
}

fn shown(folder: &Path) -> String {
    folder.display().to_string()
}
