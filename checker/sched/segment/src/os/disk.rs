//! How much a run has written into its folder: the system's limit for one file does not limit their
//! sum.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use sched_model::limits::DISK_PER_RUN;

/// Bytes of a block in what `stat` tells (stat(3type)).
const BLOCK: u64 = 512;

/// Watches the folder that a run works in, which is also the server's.
#[derive(Default)]
pub struct Disk {
    /// Free bytes of the file system at the first look.
    free: Option<u64>,
}

impl Disk {
    /// Whether these processes of the run have written more than they may. Files are searched for only
    /// when at least that much space is gone from the whole file system, whoever took it.
    pub fn is_full(&mut self, processes: impl Iterator<Item = i32>) -> bool {
        let Ok(now) = rustix::fs::statvfs(c".") else {
            return false;
        };
        let free = now.f_bfree.saturating_mul(now.f_frsize);
        let before = *self.free.get_or_insert(free);
        before.saturating_sub(free) > DISK_PER_RUN
            && bytes_here() + bytes_without_a_name(processes) > DISK_PER_RUN
    }
}

/// Bytes that a file takes, whatever its length.
fn taken(file: &Metadata) -> u64 {
    file.blocks().saturating_mul(BLOCK)
}

/// Bytes of the files on the folder's file system that have no name any more, but somebody who has them
/// open (unlink(2)).
fn bytes_without_a_name(processes: impl Iterator<Item = i32>) -> u64 {
    let Ok(here) = std::fs::metadata(".") else {
        return 0;
    };
    let open = processes.collect::<BTreeSet<_>>().into_iter();
    let open = open.flat_map(|pid| std::fs::read_dir(format!("/proc/{pid}/fd")));
    let files = open.flatten().flatten();
    let files = files.filter_map(|entry| std::fs::metadata(entry.path()).ok());
    let nameless = files.filter(|it| it.is_file() && it.nlink() == 0 && it.dev() == here.dev());
    let mut known = BTreeSet::new();
    let each = nameless.filter(|it| known.insert(it.ino()));
    each.map(|it| taken(&it)).sum()
}

/// Bytes that all files below the current folder take.
fn bytes_here() -> u64 {
    let mut bytes = 0;
    let mut folders = vec![PathBuf::from(".")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(it) if it.is_dir() => folders.push(entry.path()),
                Ok(it) => bytes += taken(&it),
                Err(_) => {}
            }
        }
    }
    bytes
}
