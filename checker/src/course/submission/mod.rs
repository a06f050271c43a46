//! A submission: for each exercise the one file that belongs to it, found in folders, archives and
//! single files; and all else that was in it, with the reason why it was not taken.
//!
//! Nothing is ever unpacked to disk. Only the files that are looked for are read from an archive,
//! into memory and up to a limit. So no path leads out of a folder, no link is followed, and a
//! small archive cannot become large. Every entry goes through `collect`, which knows only answers
//! and entries that are ignored for a reason, so none is passed over in silence.

mod archive;
mod collect;
pub mod fit;
pub mod ignored;
pub mod kind;
pub mod learner;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::collect::{Collector, What};
pub use self::fit::Wanted;
use self::ignored::{NotTaken, Reason};
use self::kind::Named;
use crate::message::grade as message;

/// A learner's part is at most a sixteenth of this; what comes after it is not looked at.
const LONGEST: usize = 1 << 20;
/// Of all files of a submission together.
const MOST_BYTES: usize = 64 << 20;
/// Entries of a submission that are looked at; a course has some hundred.
const MOST_ENTRIES: usize = 100_000;
/// The most bytes that its compressed archives may unpack to; they have to be read from the
/// beginning to find anything.
const MOST_UNPACKED: u64 = 512 << 20;
/// Folders within folders.
const DEEPEST: usize = 16;

/// What was handed in for an exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// Nothing.
    Missing,
    /// Something that cannot be taken, and why.
    Refused(String),
    /// A file.
    File {
        /// Its path in the submission.
        path: String,
        /// What is in it, as far as it counts.
        bytes: Arc<[u8]>,
    },
}

/// All that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// For each exercise that is looked for, in order.
    pub handed: Vec<Handed>,
    /// All else.
    pub ignored: NotTaken,
}

/// Reads what was handed in as these folders, archives and files.
pub fn read(paths: &[PathBuf], wanted: Wanted) -> Intake {
    // Archives are read by others' code, which may panic at what nobody has thought of.
    let read = catch_unwind(AssertUnwindSafe(|| read_all(paths, wanted)));
    let panicked = || Err(io::Error::other(message::no_archive()));
    let (handed, ignored) = read.unwrap_or_else(|_| panicked()).unwrap_or_else(|error| {
        let reason = Handed::Refused(message::unreadable(&error.to_string()));
        (vec![reason; wanted.exercises.len()], NotTaken::default())
    });
    Intake { handed, ignored }
}

fn read_all(paths: &[PathBuf], wanted: Wanted) -> io::Result<(Vec<Handed>, NotTaken)> {
    let mut found = Collector::new(wanted, archive::read);
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let read = match fs::metadata(path)?.is_dir() {
            true => walk(path, "", 0, &mut found),
            false => single(path, &name, &mut found),
        };
        match read {
            // Of several, the others count.
            Err(error) if paths.len() > 1 => found.unreadable(&name, &error)?,
            read => read?,
        }
    }
    Ok(found.end())
}

/// An archive, or a file that is handed in by itself.
fn single(path: &Path, name: &str, found: &mut Collector) -> io::Result<()> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::other(message::no_archive()));
    }
    match kind::kind(name) {
        None => found
            .see(name, What::File, || fs::File::open(path))
            .map(drop),
        Some(Named::Other(kind)) => Err(io::Error::other(message::other_archive(&kind))),
        Some(Named::Read) if about.len() > kind::LONGEST => {
            Err(io::Error::other(message::too_long()))
        }
        Some(Named::Read) => archive::read(fs::File::open(path)?, found),
    }
}

fn walk(folder: &Path, above: &str, depth: usize, found: &mut Collector) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = match entry.file_name().into_string() {
            Ok(name) => name,
            Err(name) => {
                found.ignore(&format!("{above}{}", name.to_string_lossy()), Reason::Name);
                continue;
            }
        };
        let path = format!("{above}{name}");
        // The type of the entry itself, so that links are excluded.
        let kind = entry.file_type()?;
        let what = match () {
            () if kind.is_dir() => What::Folder,
            () if kind.is_file() => What::File,
            () if kind.is_symlink() => What::Link,
            () => What::Special,
        };
        let inside = found.see(&path, what, || fs::File::open(entry.path()))?;
        if inside && depth == DEEPEST {
            found.ignore(&path, Reason::TooDeep);
        } else if inside
            && let Err(error) = walk(&entry.path(), &format!("{path}/"), depth + 1, found)
        {
            found.unreadable(&path, &error)?;
        }
    }
    Ok(())
}
