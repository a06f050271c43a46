//! `course reset`: puts an exercise back to how it was handed out, or takes that back; nothing is
//! ever lost.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::commands::init::embedded;
use crate::course::Exercise;
use crate::course::record::{self, Record};
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
    let stub = embedded::stub(&exercise.id);
    let stub = stub.ok_or_else(|| UsageError(message::no_stub(&shown)))?;
    let now = read(workspace, &path)?;
    if now.as_deref() == Some(stub) {
        return Ok(message::nothing_to_reset(&shown));
    }
    let old = exchange(workspace, exercise, stub)?;
    let backup = old.map(|old| keep(workspace, exercise, &old)).transpose()?;
    Record::change(workspace, |record| record.hide_pass(&exercise.id))?;
    let backup = backup.map(|backup| workspace.relative(&backup));
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
    let backups = backups(workspace, exercise)?;
    let Some(backup) = backups.last() else {
        return Err(UsageError(message::nothing_to_undo(&shown)).into());
    };
    let before = fs::read(backup)
        .with_context(|| format!("failed to read {}", workspace.relative(backup)))?;
    let old = exchange(workspace, exercise, &before)?;
    let kept = match old {
        Some(old) => set_aside(workspace, exercise, &old, &before)?,
        None => None,
    };
    Record::change(workspace, |record| record.show_pass(&exercise.id))?;
    // The next undo goes one reset further back.
    let undone = record::free_name(backup, "undone");
    fs::rename(backup, &undone)
        .with_context(|| format!("failed to rename {}", workspace.relative(backup)))?;
    let kept = kept.map(|kept| workspace.relative(&kept));
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

/// The backups of an exercise that were not put back yet, in the order in which they were made.
fn backups(workspace: &Workspace, exercise: &Exercise) -> anyhow::Result<Vec<PathBuf>> {
    let folder = backup_folder(workspace, exercise);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error)
                .with_context(|| format!("failed to look into {}", workspace.relative(&folder)));
        }
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let number = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?;
        name.strip_suffix(".rs")?.parse::<u32>().ok()
    };
    let mut numbered: Vec<(u32, PathBuf)> = paths
        .filter_map(|path| Some((number(&path)?, path)))
        .collect();
    numbered.sort();
    Ok(numbered.into_iter().map(|(_, path)| path).collect())
}

fn backup_folder(workspace: &Workspace, exercise: &Exercise) -> PathBuf {
    workspace.own_folder().join("backup").join(&exercise.id)
}

/// Writes the learner's file, and returns the file that now holds the previous content.
fn exchange(
    workspace: &Workspace,
    exercise: &Exercise,
    text: &[u8],
) -> anyhow::Result<Option<PathBuf>> {
    let folder = backup_folder(workspace, exercise);
    fs::create_dir_all(&folder)
        .with_context(|| format!("failed to make {}", workspace.relative(&folder)))?;
    write::exchange(&workspace.exercise_file(exercise), text, &folder)
}

/// Keeps what was in the learner's file under the next number.
fn keep(workspace: &Workspace, exercise: &Exercise, old: &Path) -> anyhow::Result<PathBuf> {
    let folder = backup_folder(workspace, exercise);
    let numbers = (1..=u32::MAX).filter(|number| {
        // What was taken back keeps its number.
        !folder.join(format!("{number}.rs.undone")).exists()
    });
    write::rename_to_free(
        old,
        numbers.map(|number| folder.join(format!("{number}.rs"))),
    )
}

/// Keeps what was in the learner's file when a reset is taken back, unless it equals what was
/// handed out or what is put back.
fn set_aside(
    workspace: &Workspace,
    exercise: &Exercise,
    old: &Path,
    before: &[u8],
) -> anyhow::Result<Option<PathBuf>> {
    let bytes = fs::read(old).with_context(|| format!("failed to read {}", old.display()))?;
    if Some(&bytes[..]) == embedded::stub(&exercise.id) || bytes == before {
        // Should it stay, it does no harm.
        let _ = fs::remove_file(old);
        return Ok(None);
    }
    let path = backup_folder(workspace, exercise).join("before_undo.rs");
    let names = std::iter::repeat_with(|| record::free_name(&path, "kept"));
    write::rename_to_free(old, names).map(Some)
}
