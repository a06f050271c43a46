//! `course init`: writes a folder to work in from the files in the command, and brings it up to
//! date with `--update`.

mod cargo;
pub mod content;
pub mod embedded;
pub mod folder;
mod git;
pub mod manifest;
mod meanwhile;
mod place;
mod source;
pub mod update;

use std::fs;
use std::io;
use std::path::Path;

use anyhow::Context;

use crate::commands::init::content::Content;
use crate::commands::init::embedded::Files;
use crate::commands::init::manifest::{Kind, Manifest, Origin};
use crate::course::workspace::{self, Workspace};
use crate::facts::Changes;
use crate::facts::toolchain::Problem;
use crate::message;
use crate::options::{InitOptions, Source};
use crate::program::{provide, toolchain};
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::hash;
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
    if options.only_build {
        return meanwhile::build(&options.place.folder);
    }
    // Asking the compiler takes as long as writing the files.
    let rust = std::thread::spawn(|| toolchain::problem(Path::new(".")));
    let told = if options.update {
        update(options)?
    } else {
        fresh(options)?
    };
    let Some(told) = told else {
        return Ok(interrupted());
    };
    terminal::print(&told)?;
    if options.build {
        provide::find(&Workspace::find_from(&options.place.folder)?)?;
    } else if !options.update && terminal::is_interactive() {
        meanwhile::begin(&options.place.folder);
    }
    warn(rust.join().ok().flatten());
    Ok(ExitCode::Passed)
}

/// Says that a signal came before all was written.
pub fn interrupted() -> ExitCode {
    terminal::tell(message::init::interrupted());
    ExitCode::Interrupted(interrupt::signal().unwrap_or_default())
}

fn warn(problem: Option<Problem>) {
    if let Some(problem) = problem {
        terminal::tell(&message::init::warning(&problem));
    }
    terminal::tell_how_to_call();
}

/// Makes a new course. Returns what to say about it, unless a signal interrupted this.
fn fresh(options: &InitOptions) -> anyhow::Result<Option<String>> {
    let (content, origin) = match &options.from {
        None => (Content::built_in()?, origin(options, &Origin::default())),
        Some(source) => taken(options, source, &Origin::default())?,
    };
    let files = folder::files(&content, &origin)?;
    let written = make(&options.place.folder, &|folder| {
        fill(folder, &files, &origin)
    })?;
    let told = || message::init::made(&options.place.shown, options.place.is_here);
    Ok(written.map(|_| told()))
}

/// The exercises of a course of one's own, and what to remember of where they come from.
fn taken(
    options: &InitOptions,
    source: &Source,
    before: &Origin,
) -> anyhow::Result<(Content, Origin)> {
    let opened = source::open(source)?;
    let content = Content::read(&opened.root);
    let content = content.with_context(|| message::init::source_not_read(&source.to_string()))?;
    let was_own = before.kind == Kind::Own;
    let origin = Origin {
        kind: Kind::Own,
        from: source.address().map(str::to_owned),
        // Whoever makes folders for others seldom hands solutions out.
        without_solutions: !was_own || before.without_solutions,
    };
    Ok((content, self::origin(options, &origin)))
}

/// The same as before, but for what was typed.
fn origin(options: &InitOptions, before: &Origin) -> Origin {
    Origin {
        without_solutions: options
            .without_solutions
            .unwrap_or(before.without_solutions),
        ..before.clone()
    }
}

/// Makes a folder at a place where there is none, or only one that an interrupted call began to
/// fill. `None` if a signal interrupted this.
///
/// # Errors
///
/// A [`UsageError`] if there is something else; also when files cannot be written.
pub fn make(folder: &Path, fill: Fill) -> anyhow::Result<Option<Changes>> {
    match state_of(folder)? {
        State::Free => beside(folder, fill),
        State::Empty => {
            let not_finished = || message::init::not_finished(folder);
            let _lock = place::lock(folder).with_context(not_finished)?;
            fill(folder).with_context(not_finished)
        }
    }
}

/// Makes a folder that programs of one's own are checked with: the built-in course, as nobody works in it.
///
/// # Errors
///
/// As [`make`].
pub fn make_for_programs(folder: &Path) -> anyhow::Result<()> {
    let origin = Origin::default();
    let files = folder::files(&Content::built_in()?, &origin)?;
    make(folder, &|folder| {
        let begun = Manifest::begun(&origin);
        begun.write(folder)?;
        update::bring(folder, &files, &begun, &origin)
    })?;
    Ok(())
}

/// Whether a folder was made, and is complete.
pub fn is_complete(folder: &Path) -> bool {
    workspace::is_course(folder) && Manifest::read(folder).complete
}

/// A name for all that the built-in course consists of.
pub fn built_in_hash() -> String {
    let mut hashes = String::new();
    for (path, bytes) in embedded::all() {
        hashes.push_str(path);
        hashes.push_str(&hash::hex(bytes));
    }
    hash::hex(hashes.as_bytes())
}

/// Writes what is to be in a folder.
pub type Fill<'a> = &'a dyn Fn(&Path) -> anyhow::Result<Option<Changes>>;

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
fn beside(folder: &Path, fill: Fill) -> anyhow::Result<Option<Changes>> {
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
fn fill(folder: &Path, files: &Files, origin: &Origin) -> anyhow::Result<Option<Changes>> {
    let begun = Manifest::begun(origin);
    begun.write(folder)?;
    let written = update::bring(folder, files, &begun, origin)?;
    if written.is_some() {
        git::start(folder);
    }
    Ok(written.filter(|_| !interrupt::requested()))
}

/// Writes a folder in which a course is written, without exercises yet; `then` adds the rest before all
/// is committed.
///
/// # Errors
///
/// When files cannot be written.
pub fn fill_for_author(
    folder: &Path,
    then: &dyn Fn(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<Option<Changes>> {
    let origin = Origin {
        kind: Kind::Author,
        ..Origin::default()
    };
    let files = folder::files(&Content::built_in()?, &origin)?;
    let begun = Manifest::begun(&origin);
    begun.write(folder)?;
    let written = update::bring(folder, &files, &begun, &origin)?;
    if written.is_some() {
        then(folder)?;
        git::start(folder);
    }
    Ok(written.filter(|_| !interrupt::requested()))
}

/// Brings a course up to date. Returns what to say about it, unless a signal interrupted this.
fn update(options: &InitOptions) -> anyhow::Result<Option<String>> {
    let folder = &options.place.folder;
    let Some(root) = workspace::root_above(folder) else {
        return Err(UsageError(message::init::nothing_to_update(folder)).into());
    };
    if workspace::is_repository(root) {
        return Err(UsageError(message::init::is_repository(root)).into());
    }
    let mut before = Manifest::read(root);
    if before.tool.is_empty() && options.from.is_none() {
        before.origin.kind = kind_of(root)?;
    }
    if before.origin.kind == Kind::Author && options.from.is_some() {
        return Err(UsageError(message::init::is_authors(root)).into());
    }
    let (content, origin) = newest(root, options, &before)?;
    let files = folder::files(&content, &origin)?;
    let _lock = place::lock(root)?;
    let changes = update::bring(root, &files, &before, &origin)
        .with_context(|| message::init::not_finished(root))?;
    let from = update::other_version(&before);
    let looked = options.from.is_some() || origin.from.is_some() || origin.kind != Kind::Own;
    Ok(changes.map(|changes| message::init::updated(&changes, from, looked)))
}

/// Whose course a folder holds of which nothing is written down any more.
fn kind_of(root: &Path) -> anyhow::Result<Kind> {
    let workspace = Workspace::find_from(root)?;
    let known = Content::built_in()?.exercises;
    let is_known = |id: &&str| known.iter().any(|it| it.id == **id);
    if workspace.is_written_here() {
        Ok(Kind::Author)
    } else if root.join(workspace::STUBS).is_dir() || !workspace.ids().iter().any(is_known) {
        Err(UsageError(message::init::unknown_origin(root)).into())
    } else {
        Ok(Kind::BuiltIn)
    }
}

/// The exercises that a folder is to have from now on.
fn newest(
    root: &Path,
    options: &InitOptions,
    before: &Manifest,
) -> anyhow::Result<(Content, Origin)> {
    if let Some(source) = &options.from {
        return taken(options, source, &before.origin);
    }
    let same = origin(options, &before.origin);
    if let Some(address) = &before.origin.from {
        match taken(options, &Source::Git(address.clone()), &before.origin) {
            Ok(newest) => return Ok(newest),
            Err(error) => terminal::tell(&message::init::exercises_stay(&error)),
        }
    }
    let content = match before.origin.kind {
        Kind::Own => Content::read(root)?,
        Kind::BuiltIn | Kind::Author => {
            let mut content = Content::built_in()?;
            content.keep_own(root, before);
            content
        }
    };
    Ok((content, same))
}

fn shown(folder: &Path) -> String {
    folder.display().to_string()
}
