//! Writes a file that was asked for: whole, or not at all.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use tempfile::TempPath;

use crate::message;
use crate::support::exit_code::UsageError;
use crate::support::unfinished;

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

/// Writes a file: first under another name beside it, so that nobody ever sees half of it, even
/// after a crash. A link is replaced, not what it leads to.
///
/// # Errors
///
/// When it cannot be written; then it is as it was.
pub fn whole(path: &Path, text: impl AsRef<[u8]>) -> anyhow::Result<()> {
    replace(path, text.as_ref(), true).with_context(|| message::file::not_written(path))
}

/// The same for one of many files that can be made again: a power failure may leave it incomplete.
///
/// # Errors
///
/// When it cannot be written; then it is as it was.
pub fn one_of_many(path: &Path, text: impl AsRef<[u8]>) -> anyhow::Result<()> {
    replace(path, text.as_ref(), false).with_context(|| message::file::not_written(path))
}

/// Writes a file and puts what was in it till then into `aside`; whether there was a file.
///
/// Both happen at the same moment (`RENAME_EXCHANGE` of renameat2(2)): what an editor saves
/// meanwhile ends up in one of the two files, and if `course` is killed, both exist. Only on a file
/// system without such an exchange is there a moment between them.
///
/// # Errors
///
/// When it cannot be written; then it is as it was.
pub fn exchange(path: &Path, text: &[u8], aside: &Path) -> anyhow::Result<bool> {
    let failed = || message::file::not_written(path);
    let is_file = match fs::symlink_metadata(path) {
        Ok(about) => about.is_file(),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            whole(path, text)?;
            return Ok(false);
        }
        Err(error) => return Err(error).with_context(failed),
    };
    whole(aside, text)?;
    if is_file && renameat_with(CWD, path, CWD, aside, RenameFlags::EXCHANGE).is_ok() {
        return Ok(true);
    }
    let old = fs::read(path).with_context(failed)?;
    whole(aside, old)?;
    whole(path, text)?;
    Ok(true)
}

/// `PATH.ENDING`, and more names with a number behind it.
pub fn names(path: &Path, ending: &str) -> impl Iterator<Item = PathBuf> {
    let first = path.with_added_extension(ending);
    std::iter::once(first.clone())
        .chain((1..=u32::MAX).map(move |number| first.with_added_extension(number.to_string())))
}

/// Gives a file the first of these names that is free, and tells it.
///
/// # Errors
///
/// When it cannot be renamed; it is where it was, and the error says where.
pub fn rename_to_free(
    file: &Path,
    names: impl Iterator<Item = PathBuf>,
) -> anyhow::Result<PathBuf> {
    let mut file = TempPath::try_from_path(file)?;
    for name in names {
        match file.persist_noclobber(&name) {
            Ok(()) => return Ok(name),
            Err(taken) if taken.error.kind() == ErrorKind::AlreadyExists => file = taken.path,
            Err(failed) => {
                let there = failed.path.keep()?;
                return Err(failed.error)
                    .with_context(|| message::file::not_renamed(&there, &name));
            }
        }
    }
    unreachable!("there are more names than files")
}

/// Writes a file as [`whole`] does, or as [`one_of_many`]; the error is the system's.
///
/// # Errors
///
/// When it cannot be written; then it is as it was.
pub fn replace(path: &Path, text: &[u8], lasting: bool) -> io::Result<()> {
    let mut beside = unfinished::file(path.parent().unwrap_or(path))?;
    beside.as_file_mut().write_all(text)?;
    if lasting {
        // If the power fails, the name must not exist without the content.
        beside.as_file().sync_all()?;
    }
    beside.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_others_may_read_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("page.html");
        fs::write(&path, "a longer text than the next").expect("a file");
        whole(&path, "short").expect("it can be written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "short");
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o400, 0o400);
        let there = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(there, 1, "nothing is left beside it");
    }

    #[test]
    fn what_is_saved_while_a_file_is_replaced_is_in_one_of_the_two() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, aside) = (folder.path().join("mine.rs"), folder.path().join("aside"));
        for round in 0..200 {
            let mine = format!("mine {round}");
            fs::write(&path, "older").expect("a file");
            let was_there = std::thread::scope(|scope| {
                scope.spawn(|| whole(&path, &mine).expect("it can be written"));
                exchange(&path, b"stub", &aside).expect("it can be written")
            });
            assert!(was_there);
            let old = fs::read_to_string(&aside).expect("it can be read");
            let now = fs::read_to_string(&path).expect("it can be read");
            let saved_before = old == mine && now == "stub";
            let saved_after = old == "older" && now == mine;
            assert!(saved_before || saved_after, "{old} / {now}");
        }
    }

    #[test]
    fn where_no_file_was_none_is_put_aside_and_what_a_link_leads_to_is_copied() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, link) = (folder.path().join("new.rs"), folder.path().join("link.rs"));
        let old = folder.path().join("old.rs");
        assert!(!exchange(&path, b"1", &old).expect("it can be written"));
        assert!(!old.exists());
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        assert!(exchange(&link, b"2", &old).expect("it can be written"));
        assert_eq!(fs::read(&old).expect("it can be read"), b"1");
        assert_eq!(fs::read(&link).expect("it can be read"), b"2");
        let names = ["new.rs", "link.rs", "kept.rs"].map(|name| folder.path().join(name));
        let named = rename_to_free(&old, names.iter().cloned()).expect("it can be renamed");
        assert_eq!(named, names[2]);
        assert_eq!(fs::read(&named).expect("it can be read"), b"1");
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
