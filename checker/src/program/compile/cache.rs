//! Executables that were compiled before.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::build::{Build, safe_flags};
use super::flags;
use super::process::{Attempt, PATIENT};
use crate::course::workspace::Workspace;
use crate::facts::Memory;
use crate::message;
use crate::program::libraries::Libraries;
use crate::program::source::Source;
use crate::support::hash;

/// Executables kept; a class's worth of them is not.
const KEPT: usize = 64;
/// How many executables are kept. More than these are kept only while they are younger than `BUSY`,
/// which is longer than any check takes; otherwise a class would fill a disk within an hour.
const MANY: usize = 1000;
/// See `MANY`.
const BUSY: Duration = Duration::from_secs(600);
/// Nothing younger than this is removed: another check may be about to use it.
const YOUNG: Duration = Duration::from_secs(3600);
/// The cache is tidied up once in this many additions.
const TIDIED: usize = 32;

/// The file beside an executable that says whether its memory is watched.
const MEMORY: &str = "memory";
/// The file beside an executable that says what it was made of.
const MADE_OF: &str = "source.json";
/// The executable with tables of lines, once they were asked for.
const LINES: &str = "lines";

/// Executables by everything they depend on.
///
/// The whole key lies beside each executable and is compared, so that a collision of hashes
/// costs a compilation and never runs another program.
pub struct Cache<'a> {
    folder: PathBuf,
    entry: PathBuf,
    key: String,
    libraries: &'a Libraries,
    source: &'a Source,
}

/// Whether the memory of an executable is watched; `None` where it has no unsafe code.
pub fn memory_of(program: &Path) -> Option<Memory> {
    let text = fs::read_to_string(program.with_file_name(MEMORY)).ok()?;
    Memory::named(&text)
}

/// The file that an executable was made of, as the compiler knows it, and the name of its crate; nothing
/// where that is not known.
pub fn made_of(program: &Path) -> (String, String) {
    let made = MadeOf::of(program);
    made.map_or_else(Default::default, |it| {
        (it.source.shown, it.source.crate_name)
    })
}

/// An executable of the same functions that has tables of lines: the executable itself, if it has some,
/// or one that is made now. `None` where that cannot be.
pub fn with_lines(program: &Path) -> Option<PathBuf> {
    // Workers ask at the same time.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock();
    let made = MadeOf::of(program).filter(|it| !it.has_lines);
    let Some(made) = made else {
        return Some(program.to_owned());
    };
    let lines = program.with_file_name(LINES);
    if !lines.exists() {
        let build = Build::start(program.parent()?, &made.source).ok()?;
        let attempt = build.with_lines(&made.libraries, PATIENT).ok()?;
        matches!(attempt, Attempt::Done).then_some(())?;
        fs::rename(build.program(), &lines).ok()?;
    }
    Some(lines)
}

/// What an executable was made of.
#[derive(Serialize, Deserialize)]
struct MadeOf {
    source: Source,
    libraries: Libraries,
    /// Whether it has tables of lines.
    has_lines: bool,
}

impl MadeOf {
    fn of(program: &Path) -> Option<MadeOf> {
        let text = fs::read(program.with_file_name(MADE_OF)).ok()?;
        serde_json::from_slice(&text).ok()
    }
}

impl<'a> Cache<'a> {
    pub fn new(
        workspace: &Workspace,
        libraries: &'a Libraries,
        source: &'a Source,
    ) -> anyhow::Result<Cache<'a>> {
        let named = serde_json::to_string(libraries).context("failed to name the libraries")?;
        let key = format!(
            "{}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{named}\n{}\n{}\n{:?}",
            source.shown,
            source.edition,
            flags::ALL,
            safe_flags(source),
            flags::CHECKED,
            flags::COUNTED,
            flags::STEPS,
            flags::STATIC,
            flags::WATCHED,
            flags::TOLD,
            source.crate_name,
            source.text,
            source.apart
        );
        let folder = workspace.check_folder();
        let entry = folder.join(hash::hex(key.as_bytes()));
        Ok(Cache {
            folder,
            entry,
            key,
            libraries,
            source,
        })
    }

    fn program(&self) -> PathBuf {
        self.entry.join("program")
    }

    pub fn get(&self) -> Option<PathBuf> {
        if fs::read(self.entry.join("key")).ok()? != self.key.as_bytes() {
            return None;
        }
        // Marks it as used now, since the oldest are removed first. If the time cannot be set,
        // nothing is lost.
        let _ = File::open(self.program())
            .ok()?
            .set_modified(SystemTime::now());
        Some(self.program())
    }

    /// Takes over the executable of a finished build, whether its memory is watched, and whether it has
    /// tables of lines.
    pub fn put(
        &self,
        build: &Build,
        memory: Option<Memory>,
        has_lines: bool,
    ) -> anyhow::Result<PathBuf> {
        // With a class's worth of executables it takes a while to look at all of them.
        static PUT: AtomicUsize = AtomicUsize::new(0);
        if PUT.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDIED) {
            self.tidy();
        }
        let made = serde_json::to_vec(&MadeOf {
            source: self.source.clone(),
            libraries: self.libraries.clone(),
            has_lines,
        })
        .context("failed to name what a program is made of")?;
        let ready = build.folder.path().join("entry");
        fs::create_dir(&ready)
            .and_then(|()| fs::write(ready.join("key"), &self.key))
            .and_then(|()| fs::write(ready.join(MADE_OF), &made))
            .and_then(|()| match memory {
                Some(memory) => fs::write(ready.join(MEMORY), memory.name()),
                None => Ok(()),
            })
            .and_then(|()| fs::rename(build.program(), ready.join("program")))
            .with_context(|| format!("failed to write to {}", ready.display()))?;
        if fs::rename(&ready, &self.entry).is_ok() {
            return Ok(self.program());
        }
        // Another check stored the same program first, or another program has the same hash.
        if let Some(program) = self.get() {
            return Ok(program);
        }
        fs::remove_dir_all(&self.entry)
            .and_then(|()| fs::rename(&ready, &self.entry))
            .with_context(|| format!("failed to write {}", self.entry.display()))?;
        match self.get() {
            Some(program) => Ok(program),
            None => bail!(message::program::does_not_stay(&self.entry)),
        }
    }

    /// Removes the least recently used executables.
    fn tidy(&self) {
        let used = |path: &Path| {
            let file = path.join("program");
            fs::metadata(&file)
                .or_else(|_| fs::metadata(path))
                .and_then(|file| file.modified())
        };
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut entries: Vec<(SystemTime, PathBuf)> = entries
            .filter_map(|entry| Some((used(&entry.path()).ok()?, entry.path())))
            .collect();
        entries.sort();
        let superfluous = entries.len().saturating_sub(KEPT);
        let beyond_many = entries.len().saturating_sub(MANY);
        for (index, (used, path)) in entries.drain(..superfluous).enumerate() {
            let young = if index < beyond_many { BUSY } else { YOUNG };
            if used.elapsed().is_ok_and(|age| age > young) {
                // What cannot be removed now can be later.
                let _ = fs::remove_dir_all(path);
            }
        }
    }
}
