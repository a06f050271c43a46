//! Makes the folder of a run as it was before the run: empty, however deep a program has nested
//! folders in it and whatever rights it has taken away.
//!
//! A folder inside a folder is moved up to the top before its own turn comes. So there is no
//! recursion, no path longer than a name, and no more than two descriptors are open.

use std::ffi::CString;
use std::io;
use std::path::Path;

use rustix::fd::OwnedFd;
use rustix::fs::{
    AtFlags, CWD, Dir, FileType, Mode, OFlags, Timespec, Timestamps, chmodat, fchmod, fstat,
    futimens, openat, renameat, unlinkat,
};
use rustix::io::Errno;

/// Folders are opened as such, never through a link.
const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// The times of an untouched folder.
const BEGINNING: Timestamps = {
    let time = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    Timestamps {
        last_access: time,
        last_modification: time,
    }
};

/// Removes all that is in a folder, and resets the rights and times of the folder itself. The
/// processes that could change it meanwhile have ended.
///
/// # Errors
///
/// When something cannot be removed; the rest is there, then.
pub fn reset(folder: &Path) -> io::Result<()> {
    Ok(futimens(empty(folder)?, &BEGINNING)?)
}

/// Removes all that is in a folder, and gives its owner all rights to it. Where rights may not be
/// changed, that is no error as long as none are missing.
///
/// # Errors
///
/// When something cannot be removed; the rest is there, then.
pub fn empty(folder: &Path) -> io::Result<OwnedFd> {
    let open = || openat(CWD, folder, FOLDER, Mode::empty());
    let top = open().or_else(|_| {
        // Its owner may have taken the right to read it.
        chmodat(CWD, folder, Mode::RWXU, AtFlags::empty())?;
        open()
    })?;
    let mut moved = 0;
    if Mode::from_raw_mode(fstat(&top)?.st_mode) != Mode::RWXU {
        fchmod(&top, Mode::RWXU)?;
    }
    loop {
        let folders = remove_files(&top)?;
        if folders.is_empty() {
            break;
        }
        for name in folders {
            remove_folder(&top, &name, &mut moved)?;
        }
    }
    Ok(top)
}

/// Removes all that is no folder; returns the names of the folders.
fn remove_files(folder: &OwnedFd) -> io::Result<Vec<CString>> {
    let mut folders = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if matches!(name.to_bytes(), b"." | b"..") {
            continue;
        }
        let is_folder = entry.file_type() == FileType::Directory;
        match (!is_folder).then(|| unlinkat(folder, name, AtFlags::empty())) {
            Some(Ok(())) => {}
            // A file system that does not tell kinds.
            None | Some(Err(Errno::ISDIR)) => folders.push(name.to_owned()),
            Some(Err(error)) => return Err(error.into()),
        }
    }
    Ok(folders)
}

/// Removes a folder at the top; the folders in it are at the top then.
fn remove_folder(top: &OwnedFd, name: &CString, moved: &mut u64) -> io::Result<()> {
    if unlinkat(top, name, AtFlags::REMOVEDIR).is_ok() {
        return Ok(());
    }
    chmodat(top, name, Mode::RWXU, AtFlags::empty())?;
    let folder = openat(top, name, FOLDER, Mode::empty())?;
    for inside in remove_files(&folder)? {
        // To move a folder one must be allowed to write into it.
        chmodat(&folder, &inside, Mode::RWXU, AtFlags::empty())?;
        move_up(&folder, &inside, top, moved)?;
    }
    Ok(unlinkat(top, name, AtFlags::REMOVEDIR)?)
}

/// Moves a folder to the top, under a name that is free there.
fn move_up(from: &OwnedFd, name: &CString, top: &OwnedFd, moved: &mut u64) -> io::Result<()> {
    loop {
        *moved += 1;
        match renameat(from, name, top, format!(".moved-{moved}")) {
            Ok(()) => return Ok(()),
            Err(Errno::EXIST | Errno::NOTEMPTY | Errno::NOTDIR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    use rustix::fs::mkdirat;

    use super::*;

    /// An empty folder of a test's own.
    fn folder(name: &str) -> PathBuf {
        let id = std::process::id();
        let folder = std::env::temp_dir().join(format!("sched-folder-{id}-{name}"));
        fs::create_dir(&folder).expect("a new folder");
        folder
    }

    #[track_caller]
    fn is_reset(folder: &Path) {
        reset(folder).expect("is emptied");
        assert_eq!(fs::read_dir(folder).expect("is there").count(), 0);
        fs::remove_dir(folder).expect("is empty");
    }

    #[test]
    fn folders_nested_deeper_than_any_path_or_stack_are_removed() {
        let top = folder("deep");
        let mut inner = openat(CWD, &top, FOLDER, Mode::empty()).expect("opens");
        for _ in 0..4000 {
            mkdirat(&inner, "d", Mode::RWXU).expect("a folder");
            inner = openat(&inner, "d", FOLDER, Mode::empty()).expect("opens");
        }
        is_reset(&top);
    }

    #[test]
    fn rights_are_taken_back_and_links_are_not_followed() {
        let (top, other) = (folder("rights"), folder("other"));
        fs::write(other.join("stays"), "").expect("a file");
        let inner = top.join("a/b");
        fs::create_dir_all(&inner).expect("folders");
        fs::write(inner.join("c"), "").expect("a file");
        fs::write(top.join(".moved-1"), "").expect("a file");
        std::os::unix::fs::symlink(&other, inner.join("link")).expect("a link");
        for (path, mode) in [(&inner, 0o000), (&top.join("a"), 0o555), (&top, 0o111)] {
            fs::set_permissions(path, Permissions::from_mode(mode)).expect("other rights");
        }
        is_reset(&top);
        fs::remove_file(other.join("stays")).expect("is still there");
        fs::remove_dir(other).expect("is empty");
    }

    #[test]
    fn rights_and_times_tell_nothing_of_the_run_before() {
        let top = folder("itself");
        let told = || {
            let metadata = fs::metadata(&top).expect("is there");
            let modified = metadata.modified().expect("is known");
            (metadata.permissions().mode(), modified)
        };
        reset(&top).expect("is empty");
        let before = told();
        fs::write(top.join("a"), "").expect("a file");
        fs::set_permissions(&top, Permissions::from_mode(0o750)).expect("other rights");
        reset(&top).expect("is emptied");
        assert_eq!(told(), before);
        is_reset(&top);
    }
}
