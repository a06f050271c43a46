//! Writes a file that was asked for: whole, or not at all.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::Builder;

use crate::exit_code::UsageError;
use crate::message;

/// The full path of a file that is to be written.
///
/// # Errors
///
/// When there can be no such file: its folder is not there, or it is a folder itself.
pub fn target(file: &Path) -> Result<PathBuf, UsageError> {
    let no_folder = || UsageError(message::file::no_folder(file));
    let path = std::path::absolute(file).map_err(|_| no_folder())?;
    if path.is_dir() || file.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(UsageError(message::file::is_folder(file)));
    }
    let folder = path.parent().filter(|folder| folder.is_dir());
    folder.ok_or_else(no_folder)?;
    Ok(path)
}

/// Writes a file: beside it first, so that nobody ever sees half of it, also after a crash.
///
/// # Errors
///
/// When it cannot be written; then it is as it was.
pub fn whole(path: &Path, text: impl AsRef<[u8]>) -> anyhow::Result<()> {
    beside(path, text.as_ref(), true)
}

/// The same for one of many files that can be made again: only a failure of power may cut it short.
///
/// # Errors
///
/// When it cannot be written; then it is as it was.
pub fn one_of_many(path: &Path, text: impl AsRef<[u8]>) -> anyhow::Result<()> {
    beside(path, text.as_ref(), false)
}

fn beside(path: &Path, text: &[u8], lasting: bool) -> anyhow::Result<()> {
    let failed = || message::file::not_written(path);
    let folder = path.parent().with_context(failed)?;
    // As any other file: for those whom the user's mask allows.
    let mode = std::fs::Permissions::from_mode(0o666);
    let mut name = Builder::new();
    let beside = name
        .prefix(".course-")
        .permissions(mode)
        .tempfile_in(folder);
    let mut beside = beside.with_context(failed)?;
    beside.write_all(text).with_context(failed)?;
    if lasting {
        // Its name must not come to be before what is in it, should the power fail.
        beside.as_file().sync_all().with_context(failed)?;
    }
    beside.persist(path).with_context(failed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_others_may_read_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("page.html");
        std::fs::write(&path, "a longer text than the next").expect("a file");
        whole(&path, "short").expect("it can be written");
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "short");
        let mode = std::fs::metadata(&path)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o400, 0o400);
        let there = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(there, 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_needs_a_folder_and_is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let told = |path: &str| {
            let target = target(&folder.path().join(path));
            target.map_err(|error| error.0)
        };
        assert_eq!(told("a.html"), Ok(folder.path().join("a.html")));
        let error = told("missing/a.html").expect_err("there is no folder");
        assert!(error.contains("there is no folder"), "{error}");
        let error = told("").expect_err("it is a folder");
        assert!(error.contains("is a folder"), "{error}");
        let lost = folder.path().join("missing/a.html");
        let error = whole(&lost, "text").expect_err("there is no folder");
        assert!(error.to_string().contains("failed to write"), "{error}");
    }
}
