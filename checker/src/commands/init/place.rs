//! Puts files into a learner's folder so that none is ever half written: each is written beside and
//! renamed, whatever comes between.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::message;
use crate::support::exit_code::UsageError;

/// Writes a file of the folder, in the place of the one that is there.
///
/// # Errors
///
/// When it cannot be written; then the file is as it was.
pub fn write(root: &Path, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let file = root.join(path);
    // Somebody's link stays one.
    let file = file.canonicalize().unwrap_or(file);
    beside_and_rename(&file, bytes).with_context(|| message::init::not_written(path))
}

fn beside_and_rename(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let name = file.file_name().unwrap_or_default();
    // Always the same name: what an interrupted call left is used up by the next one.
    let beside = file.with_file_name(format!(".{}.new", name.to_string_lossy()));
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file));
    if written.is_err() {
        // It may not have been made at all.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// The content of a file of the folder; `None` where there is none.
///
/// # Errors
///
/// When it is there and cannot be read.
pub fn read(root: &Path, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::read(root.join(path)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| message::init::not_read(path)),
    }
}

/// Keeps the content of a file beside it under a name that is free, and returns that name. If an
/// interrupted update kept it already, it is not kept twice.
///
/// # Errors
///
/// When it cannot be written.
pub fn keep(root: &Path, path: &str, bytes: &[u8]) -> anyhow::Result<String> {
    let mut kept = format!("{path}.orig");
    let mut number = 0;
    while let Some(there) = read(root, &kept)? {
        if there == bytes {
            return Ok(kept);
        }
        number += 1;
        kept = format!("{path}.orig.{number}");
    }
    write(root, &kept, bytes)?;
    Ok(kept)
}

/// Makes sure that nobody else writes into the folder, as long as the file given back is open.
///
/// # Errors
///
/// A [`UsageError`] when somebody else does.
pub fn lock(root: &Path) -> anyhow::Result<File> {
    let folder = File::open(root).with_context(|| message::init::not_read("the folder"))?;
    match folder.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(UsageError(message::init::busy(root)).into()),
        // Some file systems have no locks; then nothing can be done about it.
        Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(folder),
    }
}

/// A folder that is filled beside its place and then renamed into it. If it does not come to that,
/// it is removed with everything in it.
pub struct Beside {
    path: PathBuf,
    into: PathBuf,
}

impl Beside {
    /// Makes the folder, and removes those that killed calls left.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn new(into: &Path) -> io::Result<Beside> {
        let parent = into.parent().unwrap_or(Path::new("/"));
        fs::create_dir_all(parent)?;
        let name = into.file_name().unwrap_or_default().to_string_lossy();
        remove_left(parent, &format!("{name}.new-"));
        let path = parent.join(format!("{name}.new-{}", std::process::id()));
        fs::create_dir(&path)?;
        let into = into.to_owned();
        Ok(Beside { path, into })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it into its place.
    ///
    /// # Errors
    ///
    /// When something is there by now.
    pub fn rename(self) -> io::Result<()> {
        fs::rename(&self.path, &self.into)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After it was renamed there is nothing of that name.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Removes folders of this name that belong to a process which no longer exists.
fn remove_left(parent: &Path, prefix: &str) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(prefix));
        let Some(process) = process.and_then(|number| number.parse::<u32>().ok()) else {
            continue;
        };
        let ended = !Path::new("/proc").join(process.to_string()).exists();
        if !ended {
            continue;
        }
        // No other folder contains this file, and removing an empty folder is no loss.
        let _ = match entry.path().join(".course").is_dir() {
            true => fs::remove_dir_all(entry.path()),
            false => fs::remove_dir(entry.path()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    #[test]
    fn what_cannot_be_written_leaves_everything_as_it_was() {
        let folder = folder();
        fs::write(folder.path().join("a"), "old").expect("can be written");
        let error = write(folder.path(), "a/b", b"new").expect_err("a is no folder");
        assert!(format!("{error:#}").contains("a/b"), "{error:#}");
        let names = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(names, 1);
    }

    #[test]
    fn what_is_kept_never_takes_the_place_of_what_was_kept_before() {
        let folder = folder();
        let keep = |bytes: &[u8]| keep(folder.path(), "a.rs", bytes).expect("can be kept");
        assert_eq!(keep(b"1"), "a.rs.orig");
        assert_eq!(keep(b"2"), "a.rs.orig.1");
        assert_eq!(keep(b"3"), "a.rs.orig.2");
        assert_eq!(keep(b"2"), "a.rs.orig.1");
        let first = read(folder.path(), "a.rs.orig").expect("can be read");
        assert_eq!(first.as_deref(), Some(b"1".as_slice()));
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = folder();
        fs::write(folder.path().join("there"), "old").expect("can be written");
        std::os::unix::fs::symlink("there", folder.path().join("link")).expect("a link");
        write(folder.path(), "link", b"new").expect("can be written");
        let there = fs::read(folder.path().join("there")).expect("is there");
        assert_eq!(there, b"new");
        assert!(folder.path().join("link").is_symlink());
    }

    #[test]
    fn only_one_at_a_time_writes_into_a_folder() {
        let folder = folder();
        let first = lock(folder.path()).expect("is free");
        assert!(lock(folder.path()).is_err());
        drop(first);
        assert!(lock(folder.path()).is_ok());
    }

    #[test]
    fn a_folder_that_is_not_finished_is_removed_and_so_is_a_killed_ones() {
        let folder = folder();
        let into = folder.path().join("course");
        // No process has these numbers: they are above the limit of the system.
        let killed = folder.path().join("course.new-4194305/.course");
        fs::create_dir_all(killed).expect("a folder");
        fs::create_dir_all(folder.path().join("course.new-4194306")).expect("a folder");
        fs::create_dir_all(folder.path().join("course.new-mine")).expect("a folder");
        drop(Beside::new(&into).expect("can be made"));
        let entries = fs::read_dir(folder.path()).expect("a folder").flatten();
        let names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
        assert_eq!(names, ["course.new-mine"]);
        Beside::new(&into)
            .expect("can be made")
            .rename()
            .expect("is free");
        assert!(into.is_dir());
    }
}
