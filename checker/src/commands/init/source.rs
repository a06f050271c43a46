//! Where a course is taken from: a folder, an archive or a Git repository; each becomes a folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail};
use flate2::read::MultiGzDecoder;
use tempfile::TempDir;
use zip::ZipArchive;

use crate::commands::init::git;
use crate::course::workspace;
use crate::message::init as message;
use crate::options::Source;
use crate::support::exit_code::UsageError;
use crate::support::terminal;

/// An archive, or a repository, has its course not deeper than that.
const DEEPEST: usize = 3;

/// A course's folder; what was unpacked for it goes when this does.
pub struct Opened {
    /// The folder.
    pub root: PathBuf,
    _unpacked: Option<TempDir>,
}

/// Makes a folder of it, and finds the course there.
///
/// # Errors
///
/// A [`UsageError`] where there is no course; also when it cannot be read.
pub fn open(source: &Source) -> anyhow::Result<Opened> {
    let shown = source.to_string();
    let failed = || message::source_not_read(&shown);
    let (folder, unpacked) = match source {
        Source::Folder(folder) if !is_bare(folder) => (folder.clone(), None),
        Source::Folder(_) | Source::Git(_) => {
            let to = tempfile::tempdir().with_context(failed)?;
            clone(&shown, to.path())?;
            (to.path().to_owned(), Some(to))
        }
        Source::Archive(file) => {
            let to = tempfile::tempdir().with_context(failed)?;
            unpack(file, to.path()).with_context(failed)?;
            (to.path().to_owned(), Some(to))
        }
    };
    let Some(root) = find(&folder, 0) else {
        return Err(UsageError(message::no_course_in(&shown)).into());
    };
    Ok(Opened {
        root,
        _unpacked: unpacked,
    })
}

/// The folder of the course that lies in another one, or is it.
fn find(folder: &Path, depth: usize) -> Option<PathBuf> {
    if workspace::is_course(folder) {
        return Some(folder.to_owned());
    }
    let entries = fs::read_dir(folder).ok().filter(|_| depth < DEEPEST)?;
    let mut folders: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    folders.iter().find_map(|folder| find(folder, depth + 1))
}

/// Whether a folder is a Git repository without a work tree.
fn is_bare(folder: &Path) -> bool {
    folder.join("HEAD").is_file() && folder.join("objects").is_dir()
}

fn unpack(file: &Path, to: &Path) -> anyhow::Result<()> {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let open = File::open(file)?;
    if name.ends_with(".zip") {
        ZipArchive::new(open)?.extract(to)?;
    } else if name.ends_with(".tar") {
        tar::Archive::new(open).unpack(to)?;
    } else if name.ends_with(".tar.gz") || name.ends_with(".tgz") {
        tar::Archive::new(MultiGzDecoder::new(open)).unpack(to)?;
    } else {
        return Err(UsageError(message::no_such_archive(file)).into());
    }
    Ok(())
}

/// Gets a repository as it is now, without its history.
fn clone(address: &str, to: &Path) -> anyhow::Result<()> {
    let mut git = git::command();
    git.args(["clone", "--quiet", "--depth", "1", "--", address])
        .arg(to);
    // Git asks for a password only where somebody can answer.
    if !terminal::is_interactive() {
        git.env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
    }
    let output = git.output().context("failed to start git")?;
    if !output.status.success() {
        bail!(message::not_cloned(
            address,
            &String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(())
}
