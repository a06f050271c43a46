//! Files and folders under a name of their own until they are finished: whoever is killed leaves
//! some, and the next process that makes one in the same folder removes them.
//!
//! Whoever makes one holds a lock on it (flock(2)), which the system takes back however that
//! process ends: what is not locked is nobody's.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustix::fs::OFlags;
use sched_host::UNFINISHED;
use tempfile::{Builder, NamedTempFile, TempDir};

/// How often one is made anew that was taken for a left one before it was locked. There are file
/// systems on which one never looks like itself.
const TRIES: usize = 20;

/// A file of the folder that is yet to be named; removed unless it comes to that.
///
/// # Errors
///
/// When it cannot be made.
pub fn file(folder: &Path) -> io::Result<NamedTempFile> {
    remove_left(folder);
    // With the permissions of any new file: those that the user's mask allows.
    let mut file = builder(0o666).tempfile_in(folder).map_err(without_path)?;
    for _ in 1..TRIES {
        if is_ours(file.as_file(), file.path()) {
            break;
        }
        file = builder(0o666).tempfile_in(folder).map_err(without_path)?;
    }
    Ok(file)
}

/// A folder of a process; removed with all that is in it, unless it is renamed.
pub struct Folder {
    // Before the lock: nobody takes it for a left one while it is removed.
    folder: TempDir,
    _lock: File,
}

impl Folder {
    /// Makes a folder in another one, for those whom both the mode and the user's mask allow.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn new(parent: &Path, mode: u32) -> io::Result<Folder> {
        remove_left(parent);
        for tries in 1.. {
            let folder = builder(mode).tempdir_in(parent).map_err(without_path)?;
            match File::open(folder.path()) {
                Ok(lock) if is_ours(&lock, folder.path()) || tries == TRIES => {
                    return Ok(Folder {
                        folder,
                        _lock: lock,
                    });
                }
                Err(error) if error.kind() != io::ErrorKind::NotFound || tries == TRIES => {
                    return Err(error);
                }
                _ => {}
            }
        }
        unreachable!("the last of the tries returns")
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Gives it the name that it is to keep.
    ///
    /// # Errors
    ///
    /// When something is there by now; then it is removed.
    pub fn rename(mut self, into: &Path) -> io::Result<()> {
        fs::rename(self.path(), into)?;
        self.folder.disable_cleanup(true);
        Ok(())
    }
}

fn builder(mode: u32) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder
        .prefix(UNFINISHED)
        .permissions(Permissions::from_mode(mode));
    builder
}

/// Locks what was made, unless somebody took it for a left one before it was locked.
/// The error as the system has it, by its number in `(os error 28)`: whoever is told of it knows
/// another name than the one that stands behind.
fn without_path(error: io::Error) -> io::Error {
    let told = error.to_string();
    let mut ends = told.split("error ");
    let number = ends.find_map(|end| end.split_once(')')?.0.parse().ok());
    number.map_or(error, io::Error::from_raw_os_error)
}

fn is_ours(made: &File, path: &Path) -> bool {
    // Some file systems know no locks; there nobody removes anything.
    !matches!(made.try_lock(), Err(TryLockError::WouldBlock)) && is_at(made, path)
}

fn is_at(open: &File, path: &Path) -> bool {
    let (Ok(open), Ok(there)) = (open.metadata(), fs::symlink_metadata(path)) else {
        return false;
    };
    (open.dev(), open.ino()) == (there.dev(), there.ino())
}

/// Removes what killed processes left in a folder; a process looks once for it.
fn remove_left(folder: &Path) {
    static LOOKED: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);
    let mut looked = LOOKED.lock().unwrap_or_else(PoisonError::into_inner);
    let is_new = looked.get_or_insert_default().insert(folder.to_owned());
    drop(looked);
    if is_new {
        remove_unlocked(folder);
    }
}

/// Opens neither what a link leads to, nor waits for who writes into a pipe: in a folder of all users
/// anybody may have put either there.
fn only_this() -> OpenOptions {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(flags.bits().cast_signed());
    options
}

fn remove_unlocked(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_folder = match entry.file_type() {
            Ok(kind) if kind.is_dir() => true,
            Ok(kind) if kind.is_file() => false,
            _ => continue,
        };
        if !entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(UNFINISHED.as_bytes())
        {
            continue;
        }
        let path = entry.path();
        // Locked until it is gone: whoever made it a moment ago then sees that.
        let Ok(open) = only_this().open(&path) else {
            continue;
        };
        if open.try_lock().is_err() || !is_at(&open, &path) {
            continue;
        }
        // What cannot be removed now can be later.
        let _ = match is_folder {
            true => fs::remove_dir_all(path),
            false => fs::remove_file(path),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder").flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_process_left_is_removed_and_what_a_living_one_makes_is_not() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path();
        let living = file(path).expect("can be made");
        let living_folder = Folder::new(path, 0o700).expect("can be made");
        fs::write(living_folder.path().join("mine"), "").expect("can be written");
        // As a killed process leaves them: nobody has them open.
        let (open, _) = file(path).expect("can be made").keep().expect("is kept");
        drop(open);
        let killed = path.join(".course-unfinished-killed");
        fs::create_dir_all(killed.join("a/b")).expect("can be made");
        fs::write(killed.join("a/file"), "half").expect("can be written");
        fs::write(path.join(".course-mine"), "").expect("can be written");
        assert_eq!(names(path).len(), 5);

        remove_unlocked(path);
        let mut left = [
            living.path(),
            living_folder.path(),
            &path.join(".course-mine"),
        ]
        .map(|it| {
            it.file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        });
        left.sort();
        assert_eq!(names(path), left);
        assert!(living_folder.path().join("mine").is_file());
        drop((living, living_folder));
        assert_eq!(names(path), [".course-mine"]);
    }

    #[test]
    fn a_process_removes_what_is_left_when_it_first_makes_something_in_a_folder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join(".course-unfinished-killed"), "half").expect("is written");
        drop(file(folder.path()).expect("can be made"));
        assert_eq!(names(folder.path()), [""; 0]);
        let into = folder.path().join("course");
        let made = Folder::new(folder.path(), 0o777).expect("can be made");
        made.rename(&into).expect("is free");
        assert_eq!(names(folder.path()), ["course"]);
    }
}
