//! `course reset`: puts an exercise back to how it was handed out, or takes that back; nothing is
//! ever lost.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::commands::init::content::Stubs;
use crate::course::Exercise;
use crate::course::record::Record;
use crate::course::workspace::Workspace;
use crate::message::learner as message;
use crate::options::ResetOptions;
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::terminal;
use crate::support::write;

/// Resets the exercise, or takes its last reset back.
///
/// # Errors
///
/// As [`reset`] and [`undo`].
pub fn run(workspace: &Workspace, options: &ResetOptions) -> anyhow::Result<ExitCode> {
    let told = if options.undo {
        undo(workspace, options.exercise)?
    } else {
        reset(workspace, options.exercise)?
    };
    terminal::print(&told)?;
    Ok(ExitCode::Passed)
}

/// Puts the learner's file back to how it was handed out, keeps what was in it, and says where.
///
/// # Errors
///
/// A [`UsageError`] if it is not known how the exercise was handed out; also when a file cannot be
/// read or written. Nothing is lost: the previous content is still in the file, or below
/// `.course/backup`.
pub fn reset(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<String> {
    let path = workspace.exercise_file(exercise);
    let shown = workspace.relative(&path);
    let stub = Stubs::of(workspace).get(workspace, exercise);
    let stub = stub.ok_or_else(|| UsageError(message::no_stub(&shown)))?;
    let now = read(workspace, &path)?;
    if now.as_deref() == Some(&*stub) {
        return Ok(message::nothing_to_reset(&shown));
    }
    let backups = Backups::open(workspace, exercise)?;
    let was_there = write::exchange(&path, &stub, &backups.at(RESET))?;
    let backup = was_there.then(|| backups.settle(RESET)).transpose()?;
    Record::change(workspace, |record| record.hide_pass(&exercise.id))?;
    let backup = backup.flatten().map(|backup| workspace.relative(&backup));
    Ok(message::was_reset(&shown, backup.as_deref()))
}

/// Puts back what the last reset took away, and keeps a copy of what is in the file now.
///
/// # Errors
///
/// A [`UsageError`] if there is nothing to take back; also when a file cannot be read or written.
/// Nothing is lost: the previous content is still in the file, or below `.course/backup`.
pub fn undo(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<String> {
    let path = workspace.exercise_file(exercise);
    let shown = workspace.relative(&path);
    let nothing = || UsageError(message::nothing_to_undo(&shown));
    if !backup_folder(workspace, exercise).is_dir() {
        return Err(nothing().into());
    }
    let backups = Backups::open(workspace, exercise)?;
    let backup = backups.last()?.ok_or_else(nothing)?;
    let before = fs::read(&backup)
        .with_context(|| format!("failed to read {}", workspace.relative(&backup)))?;
    let was_there = write::exchange(&path, &before, &backups.at(UNDO))?;
    let kept = was_there.then(|| backups.settle(UNDO)).transpose()?;
    Record::change(workspace, |record| record.show_pass(&exercise.id))?;
    // The next undo goes one reset further back.
    write::rename_to_free(&backup, write::names(&backup, "undone"))?;
    let kept = kept.flatten().map(|kept| workspace.relative(&kept));
    Ok(message::reset_undone(&shown, kept.as_deref()))
}

/// What is in a file; `None` where there is none.
fn read(workspace: &Workspace, path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(error).with_context(|| format!("failed to read {}", workspace.relative(path)))
        }
    }
}

fn backup_folder(workspace: &Workspace, exercise: &Exercise) -> PathBuf {
    workspace.own_folder().join("backup").join(&exercise.id)
}

/// Where a reset puts what it takes away, until that has a number.
const RESET: &str = "before_reset.rs";
/// Where the undoing of a reset does.
const UNDO: &str = "before_undo.rs";

/// The folder of what resets of an exercise took away, which nobody else changes meanwhile.
struct Backups<'a> {
    workspace: &'a Workspace,
    exercise: &'a Exercise,
    folder: PathBuf,
    _lock: File,
}

impl<'a> Backups<'a> {
    /// Opens the folder; what a killed call has taken away is given its name first.
    fn open(workspace: &'a Workspace, exercise: &'a Exercise) -> anyhow::Result<Backups<'a>> {
        let folder = backup_folder(workspace, exercise);
        let lock = fs::create_dir_all(&folder)
            .and_then(|()| File::open(&folder))
            .with_context(|| format!("failed to make {}", workspace.relative(&folder)))?;
        // Some file systems have no locks; then nothing can be done about it.
        let _ = lock.lock();
        let backups = Backups {
            workspace,
            exercise,
            folder,
            _lock: lock,
        };
        backups.settle(UNDO)?;
        backups.settle(RESET)?;
        Ok(backups)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Keeps what was taken away under a name that is free, and tells it: after a reset the next
    /// number. `None` where there is nothing, or nothing that would be lost: it is what was handed out,
    /// or what is in the learner's file, or it is kept already.
    fn settle(&self, name: &str) -> anyhow::Result<Option<PathBuf>> {
        let taken = self.at(name);
        let Some(bytes) = read(self.workspace, &taken)? else {
            return Ok(None);
        };
        let now = read(self.workspace, &self.workspace.exercise_file(self.exercise))?;
        let last = self.last()?.filter(|_| name == UNDO);
        let kept = last.map(|last| read(self.workspace, &last)).transpose()?;
        let stub = Stubs::of(self.workspace).get(self.workspace, self.exercise);
        if Some(&bytes[..]) == stub.as_deref() || [now, kept.flatten()].contains(&Some(bytes)) {
            // Should it stay, it does no harm.
            let _ = fs::remove_file(taken);
            return Ok(None);
        }
        if name == UNDO {
            return write::rename_to_free(&taken, write::names(&taken, "kept")).map(Some);
        }
        let numbers = (1..=u32::MAX).filter(|number| {
            // What was taken back keeps its number.
            !self.at(&format!("{number}.rs.undone")).exists()
        });
        let names = numbers.map(|number| self.at(&format!("{number}.rs")));
        write::rename_to_free(&taken, names).map(Some)
    }

    /// What the last reset took away that was not taken back.
    fn last(&self) -> anyhow::Result<Option<PathBuf>> {
        let entries = fs::read_dir(&self.folder).with_context(|| {
            format!(
                "failed to look into {}",
                self.workspace.relative(&self.folder)
            )
        })?;
        let numbers = entries.filter_map(|entry| {
            let name = entry.ok()?.file_name();
            name.to_str()?.strip_suffix(".rs")?.parse::<u32>().ok()
        });
        Ok(numbers.max().map(|number| self.at(&format!("{number}.rs"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A course with one exercise, in which the learner has written something.
    fn course() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let put = |path: &str, text: &str| {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        };
        put(
            "exercises/course.toml",
            "[exercise.\"05_lock/1_two_lines\"]\ntitle = \"T\"\nview = \"exact\"\npoints = 1\n",
        );
        put("exercises/05_lock/1_two_lines.rs", "mine");
        let workspace = Workspace::find_from(folder.path()).expect("is found");
        (folder, workspace)
    }

    /// The files of the backup: their names, and what is in them.
    fn kept(workspace: &Workspace) -> Vec<String> {
        let folder = backup_folder(workspace, &workspace.course.exercises[0]);
        let entries = fs::read_dir(folder).expect("a folder").flatten();
        let shown = |entry: fs::DirEntry| {
            let text = fs::read_to_string(entry.path()).expect("is text");
            format!("{}: {text}", entry.file_name().to_string_lossy())
        };
        let mut kept: Vec<String> = entries.map(shown).collect();
        kept.sort();
        kept
    }

    /// Leaves a course as who is killed does: what is in the learner's file, and what was put aside.
    fn killed(workspace: &Workspace, now: &str, aside: &str, taken: &str) {
        let exercise = &workspace.course.exercises[0];
        let folder = backup_folder(workspace, exercise);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(workspace.exercise_file(exercise), now).expect("is written");
        fs::write(folder.join(aside), taken).expect("is written");
    }

    #[test]
    fn a_reset_that_was_killed_at_any_moment_is_ended_by_the_next_call() {
        let stub = crate::commands::init::embedded::stub("05_lock/1_two_lines")
            .expect("is in the command");
        let stub = std::str::from_utf8(stub).expect("is text");
        for (now, taken) in [("mine", stub), (stub, "mine")] {
            let (_folder, workspace) = course();
            let exercise = &workspace.course.exercises[0];
            killed(&workspace, now, RESET, taken);
            reset(&workspace, exercise).expect("is reset");
            undo(&workspace, exercise).expect("is taken back");
            let file = fs::read(workspace.exercise_file(exercise));
            assert_eq!(file.expect("is there"), b"mine");
            assert_eq!(kept(&workspace), ["1.rs.undone: mine"]);
        }
    }

    #[test]
    fn an_undoing_that_was_killed_at_any_moment_is_ended_by_the_next_call() {
        for (now, taken) in [("newer", "mine"), ("mine", "newer")] {
            let (_folder, workspace) = course();
            let exercise = &workspace.course.exercises[0];
            reset(&workspace, exercise).expect("is reset");
            killed(&workspace, now, UNDO, taken);
            undo(&workspace, exercise).expect("is taken back");
            let file = fs::read(workspace.exercise_file(exercise));
            assert_eq!(file.expect("is there"), b"mine");
            assert_eq!(
                kept(&workspace),
                ["1.rs.undone: mine", "before_undo.rs.kept: newer"]
            );
        }
    }
}
