//! Puts files into a learner's folder, and keeps what was there.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use anyhow::Context;

use crate::message;
use crate::support::exit_code::UsageError;
use crate::support::write;

/// Writes a file of the folder, in the place of the one that is there.
///
/// # Errors
///
/// When it cannot be written; then the file is as it was.
pub fn write(root: &Path, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let file = root.join(path);
    // Somebody's link stays one.
    let file = file.canonicalize().unwrap_or(file);
    let folder = file.parent().unwrap_or(root);
    fs::create_dir_all(folder)
        .and_then(|()| write::replace(&file, bytes, false))
        .with_context(|| message::init::not_written(path))
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
    let folder = File::open(root).with_context(message::init::folder_not_read)?;
    match folder.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(UsageError(message::init::busy(root)).into()),
        // Some file systems have no locks; then nothing can be done about it.
        Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(folder),
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
}
