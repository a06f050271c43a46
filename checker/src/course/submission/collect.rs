//! Takes in all entries of a submission: each ends as the answer to an exercise, or in the list of
//! what was not taken, with the reason.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::fit::{Fit, Wanted};
use super::ignored::{List, NotTaken, Reason};
use super::kind::{self, Named};
use super::{Handed, LONGEST, MOST_BYTES, MOST_ENTRIES, MOST_UNPACKED};
use crate::facts::given;
use crate::message::grade as message;
use crate::message::plain;

/// Archives within archives.
const DEEPEST_ARCHIVE: usize = 3;

/// As long as a learner's part may be: behind it comes the given line.
const LOOK: u64 = 64 << 10;

/// What an entry of a folder or an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    File,
    Folder,
    Link,
    Special,
}

/// What becomes of an entry: there is nothing else.
enum Fate {
    /// It may answer this exercise, as surely as that.
    Answer(usize, Fit),
    /// It is opened, and its own entries are taken in.
    Archive,
    /// No exercise has its name; whether it may be meant as an answer, its text tells.
    Unknown(Option<String>),
    /// It is only the place of others.
    Place,
    /// It is not taken; what is named is it, or the folder that it is in.
    Ignored(String, Reason),
}

struct Candidate {
    fit: Fit,
    path: String,
    bytes: Vec<u8>,
    /// It goes on behind these bytes, and the given part has not begun yet.
    too_long: bool,
}

/// What a submission may cost, all its archives together.
#[derive(Default)]
pub struct Budget {
    entries: Cell<usize>,
    unpacked: Cell<u64>,
    /// Why nothing of it is taken.
    exceeded: Cell<Option<&'static str>>,
}

/// Takes in all entries of an archive that is in memory.
pub type Open = fn(io::Cursor<Vec<u8>>, &mut Collector) -> io::Result<()>;

/// A submission while it is read.
pub struct Collector<'a> {
    wanted: Wanted<'a>,
    found: Vec<Vec<Candidate>>,
    ignored: List,
    bytes: usize,
    budget: Rc<Budget>,
    /// Reads an archive.
    read: Open,
    /// The archives that are open, each within the one before it, as their entries' paths begin.
    open: Vec<String>,
}

impl<'a> Collector<'a> {
    pub fn new(wanted: Wanted<'a>, read: Open) -> Self {
        Collector {
            wanted,
            found: wanted.exercises.iter().map(|_| Vec::new()).collect(),
            ignored: List::default(),
            bytes: 0,
            budget: Rc::default(),
            read,
            open: Vec::new(),
        }
    }

    /// Takes in an entry. Says whether to look into it, if it is a folder.
    ///
    /// # Errors
    ///
    /// Only when the submission as a whole costs more than any does.
    pub fn see<R: Read>(
        &mut self,
        path: &str,
        what: What,
        open: impl FnOnce() -> io::Result<R>,
    ) -> io::Result<bool> {
        self.budget.count()?;
        let done = match self.fate(path, what) {
            Fate::Place => return Ok(true),
            Fate::Ignored(path, reason) => {
                self.ignore(&path, reason);
                return Ok(false);
            }
            Fate::Answer(exercise, fit) => self.take(exercise, fit, path, open),
            Fate::Archive => self.open(path, open),
            Fate::Unknown(like) => self.look(path, like, open),
        };
        if let Err(error) = done {
            self.unreadable(path, &error)?;
        }
        Ok(false)
    }

    /// Names an entry that cannot be read.
    ///
    /// # Errors
    ///
    /// Where that is because the submission as a whole costs too much.
    pub fn unreadable(&mut self, path: &str, error: &io::Error) -> io::Result<()> {
        if let Some(why) = self.budget.exceeded.get() {
            return Err(io::Error::other(why));
        }
        self.ignore(path, Reason::Unreadable(error.to_string()));
        Ok(())
    }

    /// Names an entry that is not taken.
    pub fn ignore(&mut self, path: &str, reason: Reason) {
        self.ignored.add(&self.full(path), reason);
    }

    /// The path of an entry in the submission.
    fn full(&self, path: &str) -> String {
        self.open.last().cloned().unwrap_or_default() + path
    }

    /// A reader of whose bytes all count for the submission.
    pub fn counted<R: Read>(&self, reader: R) -> impl Read + use<R> {
        Counted {
            reader,
            budget: Rc::clone(&self.budget),
        }
    }

    fn fate(&self, path: &str, what: What) -> Fate {
        let ignored = |reason| Fate::Ignored(path.to_owned(), reason);
        // Nothing is written, but a path that leads out is nobody's.
        if path.starts_with('/') || path.split('/').any(|part| part == "..") {
            return ignored(Reason::Outside);
        }
        if let Some((folder, reason)) = put_aside(path, what) {
            return Fate::Ignored(folder, reason);
        }
        match what {
            What::Folder => Fate::Place,
            What::Link => ignored(Reason::Link),
            What::Special => ignored(Reason::Special),
            What::File => match kind::kind(path) {
                Some(Named::Other(kind)) => ignored(Reason::Archive(kind)),
                Some(Named::Read) if self.open.len() >= DEEPEST_ARCHIVE => ignored(Reason::Nested),
                Some(Named::Read) => Fate::Archive,
                None => match self.wanted.meant(&self.full(path)) {
                    Ok((exercise, fit)) => Fate::Answer(exercise, fit),
                    Err(Reason::NoExercise(like)) if is_text(path) => Fate::Unknown(like),
                    Err(reason) => ignored(reason),
                },
            },
        }
    }

    /// Reads a file that may be an answer, as far as it counts.
    fn take<R: Read>(
        &mut self,
        exercise: usize,
        fit: Fit,
        path: &str,
        open: impl FnOnce() -> io::Result<R>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        let file = self.counted(open()?);
        file.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
        let mut too_long = false;
        if bytes.len() > LONGEST {
            // Within a line a character might be cut in two.
            let line = bytes.iter().rposition(|byte| *byte == b'\n');
            bytes.truncate(line.map_or(LONGEST, |line| line + 1));
            too_long = given::split(&String::from_utf8_lossy(&bytes)).is_none();
        }
        self.bytes += bytes.len();
        if self.bytes > MOST_BYTES {
            return Err(self.budget.exceed(message::too_long()));
        }
        let path = self.full(path);
        self.found[exercise].push(Candidate {
            fit,
            path,
            bytes,
            too_long,
        });
        Ok(())
    }

    /// Names a file of no exercise's name, by what is in it: only exercises have the given line.
    fn look<R: Read>(
        &mut self,
        path: &str,
        like: Option<String>,
        open: impl FnOnce() -> io::Result<R>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        let file = self.counted(open()?);
        file.take(LOOK).read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        if !is_program(path) {
            // What was typed into a platform's page is between tags, which may be within a line.
            let typed = text.contains(given::MARKER) || text.contains("fn ") && text.contains('{');
            self.ignore(
                path,
                if typed {
                    Reason::Typed
                } else {
                    Reason::NoExercise(None)
                },
            );
            return Ok(());
        }
        let is_answer = given::split(&text).is_some();
        // Exercises are numbered; `lock_order.rs` is a file of the course's library.
        let file = path.rsplit('/').next().unwrap_or(path);
        let numbered = file.starts_with(|c: char| c.is_ascii_digit());
        let reason = match is_answer {
            true => Reason::Renamed(like),
            false => Reason::NoExercise(like.filter(|_| numbered)),
        };
        self.ignore(path, reason);
        Ok(())
    }

    /// Takes in what is in an archive within the submission; nothing of it if it is damaged.
    fn open<R: Read>(
        &mut self,
        path: &str,
        open: impl FnOnce() -> io::Result<R>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        let file = self.counted(open()?);
        file.take(kind::LONGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > kind::LONGEST {
            return Err(io::Error::other(message::too_long()));
        }
        let before: Vec<usize> = self.found.iter().map(Vec::len).collect();
        self.open.push(self.full(path) + "/");
        let read = (self.read)(io::Cursor::new(bytes), self);
        self.open.pop();
        if read.is_err() {
            for (found, before) in self.found.iter_mut().zip(before) {
                found.truncate(before);
            }
        }
        read
    }

    /// What was handed in for each exercise, and what was not taken.
    pub fn end(mut self) -> (Vec<Handed>, NotTaken) {
        let found = std::mem::take(&mut self.found);
        let handed = found.into_iter().map(|it| choose(it, &mut self.ignored));
        (handed.collect(), self.ignored.end())
    }
}

/// A folder that is not looked into, and why: what is hidden is of editors, version control and
/// archivers, or the solutions in a learner's folder.
fn put_aside(path: &str, what: What) -> Option<(String, Reason)> {
    let mut end = 0;
    for part in path.split('/') {
        end += part.len();
        let reason = match part {
            "." => None,
            "target" if end < path.len() || what == What::Folder => Some(Reason::Built),
            _ if part.starts_with('.') || part == "__MACOSX" => Some(Reason::Hidden),
            _ => None,
        };
        if let Some(reason) = reason {
            return Some((path[..end].to_owned(), reason));
        }
        end += 1;
    }
    None
}

/// Whether a file is a text, which may hold a program, by its ending.
fn is_text(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    is_program(path) || lower.ends_with(".html") || lower.ends_with(".htm")
}

/// Whether it is to be a program, rather than a page that a platform made of what was typed.
fn is_program(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.ends_with(".rs") || lower.ends_with(".txt")
}

/// The file that is meant among those that may be; the others are named as not taken.
fn choose(mut candidates: Vec<Candidate>, ignored: &mut List) -> Handed {
    candidates.sort_by(|a, b| (a.fit, &a.path).cmp(&(b.fit, &b.path)));
    let Some(surest) = candidates.first().map(|it| it.fit) else {
        return Handed::Missing;
    };
    let others = candidates.split_off(candidates.partition_point(|it| it.fit == surest));
    let first = candidates.swap_remove(0);
    let taken = plain::line(&first.path);
    for other in others {
        ignored.add(
            &other.path,
            match same(&first, &other) {
                true => Reason::Same(taken.clone()),
                false => Reason::LessSure(taken.clone()),
            },
        );
    }
    if candidates.iter().all(|it| same(&first, it)) {
        for other in candidates {
            ignored.add(&other.path, Reason::Same(taken.clone()));
        }
        if first.too_long {
            return Handed::Refused(message::too_long_for_one(&taken));
        }
        return Handed::File {
            path: first.path,
            bytes: first.bytes.into(),
        };
    }
    let mut paths: Vec<String> = candidates.iter().map(|it| plain::line(&it.path)).collect();
    paths.push(taken);
    paths.sort();
    Handed::Refused(message::several_files(&paths))
}

/// Whether two files are the same answer: nothing below the given line is the learner's.
fn same(a: &Candidate, b: &Candidate) -> bool {
    let own = |it: &Candidate| {
        let text = std::str::from_utf8(&it.bytes).ok();
        Some(text.and_then(given::split)?.0.to_owned())
    };
    a.bytes == b.bytes || own(a).is_some_and(|mine| own(b) == Some(mine))
}

impl Budget {
    /// Counts an entry, whatever it is.
    fn count(&self) -> io::Result<()> {
        self.entries.set(self.entries.get() + 1);
        if self.entries.get() > MOST_ENTRIES {
            return Err(self.exceed(message::too_many_entries()));
        }
        Ok(())
    }

    fn exceed(&self, why: &'static str) -> io::Error {
        self.exceeded.set(Some(why));
        io::Error::other(why)
    }
}

/// A reader that fails, rather than ends, when all archives together unpack to more than allowed.
struct Counted<R> {
    reader: R,
    budget: Rc<Budget>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let unpacked = self.budget.unpacked.get().saturating_add(count as u64);
        self.budget.unpacked.set(unpacked);
        if unpacked > MOST_UNPACKED {
            return Err(self.budget.exceed(message::too_long()));
        }
        Ok(count)
    }
}
