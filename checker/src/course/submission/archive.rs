//! Archives that were handed in: read, never unpacked.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::{Candidates, MOST_ENTRIES};
use crate::message::grade as message;

/// The longest archive; all exercises together are a hundredth of it.
const LONGEST: u64 = 64 << 20;
/// The most bytes that a compressed archive may unpack to; it has to be read from the beginning to
/// find anything.
const LONGEST_INSIDE: u64 = 512 << 20;

/// The kinds of archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Zip,
    Tar,
    TarGz,
}

/// The name of an archive without its ending, if it is one.
pub fn stem(name: &str) -> Option<&str> {
    Some(kind(name)?.0)
}

fn kind(name: &str) -> Option<(&str, Kind)> {
    let endings = [
        (".zip", Kind::Zip),
        (".tar.gz", Kind::TarGz),
        (".tgz", Kind::TarGz),
        (".tar", Kind::Tar),
    ];
    endings.into_iter().find_map(|(ending, kind)| {
        let at = name.len().checked_sub(ending.len()).filter(|at| *at > 0)?;
        let end = name.get(at..)?;
        end.eq_ignore_ascii_case(ending)
            .then(|| (&name[..at], kind))
    })
}

/// Reads the files that are wanted out of an archive.
///
/// # Errors
///
/// When it is not an archive, or longer than any submission.
pub fn read(path: &Path, found: &mut Candidates) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some((_, kind)) = kind(&name) else {
        return Err(io::Error::other(message::no_archive()));
    };
    let file = File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other(message::no_archive()));
    }
    if about.len() > LONGEST {
        return Err(io::Error::other(message::too_long()));
    }
    match kind {
        Kind::Zip => zip(file, found),
        Kind::Tar => tar(limited(file), found),
        Kind::TarGz => tar(limited(MultiGzDecoder::new(file)), found),
    }
}

fn zip(file: File, found: &mut Candidates) -> io::Result<()> {
    let mut archive = ZipArchive::new(file).map_err(io::Error::other)?;
    if archive.len() > MOST_ENTRIES {
        return Err(io::Error::other(message::too_many_entries(MOST_ENTRIES)));
    }
    for index in 0..archive.len() {
        found.count()?;
        let wanted = {
            let entry = archive.by_index_raw(index).map_err(io::Error::other)?;
            let plain = entry.is_file() && !entry.is_symlink();
            // A name that cannot be read is no exercise's.
            let path = entry.name().ok().map(|name| name.replace('\\', "/"));
            path.filter(|path| plain && inside(path) && found.wants(path))
        };
        if let Some(path) = wanted {
            let entry = archive.by_index(index).map_err(io::Error::other)?;
            found.take(&path, entry)?;
        }
    }
    Ok(())
}

fn tar(reader: impl Read, found: &mut Candidates) -> io::Result<()> {
    let mut archive = tar::Archive::new(reader);
    for entry in archive.entries()? {
        found.count()?;
        let entry = entry?;
        let Ok(path) = String::from_utf8(entry.path_bytes().into_owned()) else {
            continue;
        };
        let path = path.trim_start_matches("./").to_owned();
        let plain = entry.header().entry_type().is_file();
        if plain && inside(&path) && found.wants(&path) {
            found.take(&path, entry)?;
        }
    }
    Ok(())
}

/// Whether a path stays inside the archive. Nothing is written, but a path that leads out is no
/// exercise.
fn inside(path: &str) -> bool {
    !path.starts_with('/') && !path.split('/').any(|part| part == "..")
}

/// A reader that fails, rather than ends, at more than the allowed number of bytes.
fn limited(reader: impl Read) -> impl Read {
    Limited {
        reader,
        left: LONGEST_INSIDE,
    }
}

struct Limited<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(message::too_long())),
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_their_endings() {
        assert_eq!(stem("ada.zip"), Some("ada"));
        assert_eq!(stem("ada.l.TAR.GZ"), Some("ada.l"));
        assert_eq!(stem("ben.tgz"), Some("ben"));
        for none in ["ada", "ada.rs", ".zip", "zip", "ada.7z", "日本"] {
            assert_eq!(stem(none), None, "{none}");
        }
    }

    #[test]
    fn paths_that_lead_outside_are_nobodys() {
        assert!(inside("exercises/05_lock/1_two_lines.rs"));
        for path in ["/etc/1_dict.rs", "../1_dict.rs", "a/../../1_dict.rs"] {
            assert!(!inside(path), "{path}");
        }
    }
}
