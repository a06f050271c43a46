//! A submission: for each exercise the one file that belongs to it, found in a folder or an
//! archive.
//!
//! Nothing is ever unpacked to disk. Only the files that are looked for are read from an archive,
//! into memory and up to a limit. So no path leads out of a folder, no link is followed, and a
//! small archive cannot become large.

pub mod archive;

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::message::grade as message;
use crate::message::plain;

/// A learner's part is at most a sixteenth of this; what comes after it is not looked at.
const LONGEST: usize = 1 << 20;
/// Of all files of a submission together.
const MOST_BYTES: usize = 64 << 20;
/// Entries of a folder or an archive that are looked at; a course has some hundred.
pub const MOST_ENTRIES: usize = 100_000;
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

/// Reads what was handed in for each of some exercises.
pub fn read(path: &Path, ids: &[&str]) -> Vec<Handed> {
    let mut found = Candidates::new(ids);
    let read = if path.is_dir() {
        walk(path, "", 0, &mut found)
    } else {
        archive::read(path, &mut found)
    };
    match read {
        Ok(()) => found.chosen(),
        Err(error) => {
            let reason = message::unreadable(&error.to_string());
            vec![Handed::Refused(reason); ids.len()]
        }
    }
}

/// How surely a path means an exercise; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// `exercises/05_lock/1_two_lines.rs`, at the end of a path.
    Place,
    /// `05_lock/1_two_lines.rs`.
    Path,
    /// `1_two_lines.rs`, or `05_lock-1_two_lines.rs`.
    Name,
}

struct Candidate {
    fit: Fit,
    path: String,
    bytes: Vec<u8>,
}

/// The files that may be meant, by exercise.
pub struct Candidates<'a> {
    ids: &'a [&'a str],
    found: Vec<Vec<Candidate>>,
    entries: usize,
    bytes: usize,
}

impl<'a> Candidates<'a> {
    fn new(ids: &'a [&'a str]) -> Self {
        Candidates {
            ids,
            found: ids.iter().map(|_| Vec::new()).collect(),
            entries: 0,
            bytes: 0,
        }
    }

    /// Counts an entry, whatever it is.
    ///
    /// # Errors
    ///
    /// When there are more than anybody needs.
    pub fn count(&mut self) -> io::Result<()> {
        self.entries += 1;
        if self.entries > MOST_ENTRIES {
            return Err(io::Error::other(message::too_many_entries(MOST_ENTRIES)));
        }
        Ok(())
    }

    /// Whether a path, with forward slashes, may be an exercise.
    pub fn wants(&self, path: &str) -> bool {
        !hidden(path) && self.ids.iter().any(|id| fit(id, path).is_some())
    }

    /// Reads a file that is wanted, as far as it counts.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or all files together are longer than any course.
    pub fn take(&mut self, path: &str, file: impl Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        file.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > LONGEST {
            // Within a line a character might be cut in two.
            let line = bytes.iter().rposition(|byte| *byte == b'\n');
            bytes.truncate(line.map_or(LONGEST, |line| line + 1));
        }
        self.bytes += bytes.len();
        if self.bytes > MOST_BYTES {
            return Err(io::Error::other(message::too_long()));
        }
        for (id, found) in self.ids.iter().zip(&mut self.found) {
            if let Some(fit) = fit(id, path) {
                found.push(Candidate {
                    fit,
                    path: path.to_owned(),
                    bytes: bytes.clone(),
                });
            }
        }
        Ok(())
    }

    fn chosen(self) -> Vec<Handed> {
        self.found.into_iter().map(choose).collect()
    }
}

/// The file that is meant among those that may be.
fn choose(mut candidates: Vec<Candidate>) -> Handed {
    candidates.sort_by(|a, b| (a.fit, &a.path).cmp(&(b.fit, &b.path)));
    let Some(surest) = candidates.first().map(|it| it.fit) else {
        return Handed::Missing;
    };
    candidates.retain(|it| it.fit == surest);
    let same = |it: &Candidate| it.bytes == candidates[0].bytes;
    if candidates.iter().all(same) {
        let first = candidates.swap_remove(0);
        return Handed::File {
            path: first.path,
            bytes: first.bytes.into(),
        };
    }
    let paths: Vec<String> = candidates.iter().map(|it| plain::line(&it.path)).collect();
    Handed::Refused(message::several_files(&paths))
}

/// How surely a path means an exercise, if it may at all.
fn fit(id: &str, path: &str) -> Option<Fit> {
    let path = path.strip_suffix(".rs")?;
    let ends_with = |end: &str| {
        let before = path.strip_suffix(end);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let name = id.rsplit('/').next().unwrap_or(id);
    if ends_with(&format!("exercises/{id}")) {
        Some(Fit::Place)
    } else if ends_with(id) {
        Some(Fit::Path)
    } else if ends_with(name) || ends_with(&id.replace('/', "-")) {
        Some(Fit::Name)
    } else {
        None
    }
}

/// Whether a part of a path is hidden: files of editors, version control and archivers, and the
/// solutions in a learner's folder.
fn hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

fn walk(folder: &Path, above: &str, depth: usize, found: &mut Candidates) -> io::Result<()> {
    if depth > DEEPEST {
        return Err(io::Error::other(message::too_deep(DEEPEST)));
    }
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        found.count()?;
        // What is not UTF-8 is no exercise.
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{above}{name}");
        // The type of the entry itself, so that links are excluded.
        let kind = entry.file_type()?;
        if kind.is_dir() && !name.starts_with('.') && name != "target" {
            walk(&entry.path(), &format!("{path}/"), depth + 1, found)?;
        } else if kind.is_file() && found.wants(&path) {
            found.take(&path, fs::File::open(entry.path())?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: &[&str] = &["05_lock/1_two_lines", "11_manager/1_dict"];

    fn handed(files: &[(&str, &str)]) -> Vec<Handed> {
        let mut found = Candidates::new(IDS);
        for (path, text) in files {
            if found.wants(path) {
                found.take(path, text.as_bytes()).expect("can be read");
            }
        }
        found.chosen()
    }

    fn file(path: &str, text: &str) -> Handed {
        Handed::File {
            path: path.to_owned(),
            bytes: text.as_bytes().into(),
        }
    }

    #[test]
    fn a_file_is_found_by_its_path_or_by_its_name_and_the_surest_is_taken() {
        let all = handed(&[
            ("1_two_lines.rs", "name"),
            ("week 5/05_lock/1_two_lines.rs", "path"),
            ("a/exercises/05_lock/1_two_lines.rs", "place"),
            (".course/solutions/05_lock/1_two_lines.rs", "hidden"),
            ("solved/1_dict.rs", "by name"),
            ("xexercises/notes.rs", "no exercise"),
        ]);
        let place = file("a/exercises/05_lock/1_two_lines.rs", "place");
        assert_eq!(all, [place, file("solved/1_dict.rs", "by name")]);
        let by_program = handed(&[("05_lock-1_two_lines.rs", "x")]);
        assert_eq!(by_program[0], file("05_lock-1_two_lines.rs", "x"));
        assert_eq!(by_program[1], Handed::Missing);
        assert_eq!(handed(&[("x1_dict.rs", "x")])[1], Handed::Missing);
    }

    #[test]
    fn two_different_files_are_refused_by_name_and_equal_ones_are_one() {
        let files = [("a/1_dict.rs", "x"), ("b/1_dict.rs", "y")];
        let Handed::Refused(reason) = &handed(&files)[1] else {
            panic!("nobody can tell which is meant");
        };
        assert!(reason.contains("a/1_dict.rs, b/1_dict.rs"), "{reason}");
        let files = [("a/1_dict.rs", "x"), ("b/1_dict.rs", "x")];
        assert_eq!(handed(&files)[1], file("a/1_dict.rs", "x"));
    }

    #[test]
    fn links_are_not_followed_and_long_files_are_cut_at_a_line() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        std::os::unix::fs::symlink("/etc/hostname", path("1_dict.rs")).expect("a link");
        std::os::unix::fs::symlink("/", path("everything")).expect("a link");
        let line = "// ää\n";
        let long = line.repeat(LONGEST / line.len() + 2);
        fs::write(path("1_two_lines.rs"), &long).expect("a file");
        let handed = read(folder.path(), IDS);
        assert_eq!(handed[1], Handed::Missing);
        let Handed::File { bytes, .. } = &handed[0] else {
            panic!("{:?}", handed[0]);
        };
        assert!(bytes.len() <= LONGEST && bytes.ends_with(line.as_bytes()));
        assert!(std::str::from_utf8(bytes).is_ok());
    }
}
