//! Executables that were compiled before.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};

use super::build::{Build, safe_flags};
use super::flags;
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

/// Executables by everything they depend on.
///
/// The whole key lies beside each executable and is compared, so that a collision of hashes
/// costs a compilation and never runs another program.
pub struct Cache {
    folder: PathBuf,
    entry: PathBuf,
    key: String,
}

/// Whether the memory of an executable is watched, and the file that it was made of, as reports name it;
/// `None` where it has no unsafe code.
pub fn memory_of(program: &Path) -> Option<(Memory, String)> {
    let text = fs::read_to_string(program.with_file_name(MEMORY)).ok()?;
    let (memory, shown) = text.split_once('\n')?;
    Some((Memory::named(memory)?, shown.to_owned()))
}

impl Cache {
    pub fn new(
        workspace: &Workspace,
        libraries: &Libraries,
        source: &Source,
    ) -> anyhow::Result<Cache> {
        let libraries = serde_json::to_string(libraries).context("failed to name the libraries")?;
        let key = format!(
            "{}\n{:?}\n{:?}\n{:?}\n{:?}\n{libraries}\n{}\n{}\n{:?}",
            source.shown,
            flags::ALL,
            safe_flags(source),
            flags::STATIC,
            flags::WATCHED,
            source.crate_name,
            source.text,
            source.apart
        );
        let folder = workspace.check_folder();
        let entry = folder.join(hash::hex(key.as_bytes()));
        Ok(Cache { folder, entry, key })
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

    /// Takes over the executable of a finished build, and whether its memory is watched.
    pub fn put(&self, build: &Build, memory: Option<Memory>) -> anyhow::Result<PathBuf> {
        // With a class's worth of executables it takes a while to look at all of them.
        static PUT: AtomicUsize = AtomicUsize::new(0);
        if PUT.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDIED) {
            self.tidy();
        }
        let ready = build.folder.path().join("entry");
        fs::create_dir(&ready)
            .and_then(|()| fs::write(ready.join("key"), &self.key))
            .and_then(|()| match memory {
                Some(memory) => {
                    let text = format!("{}\n{}", memory.name(), build.shown);
                    fs::write(ready.join(MEMORY), text)
                }
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
