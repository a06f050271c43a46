//! How much a run has written into its folder: the system's limit for one file does not limit their
//! sum.

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
    /// Whether the run has written more than it may. The folder is searched only when at least that
    /// much space is gone from the whole file system, whoever took it.
    pub fn is_full(&mut self) -> bool {
        let Ok(now) = rustix::fs::statvfs(c".") else {
            return false;
        };
        let free = now.f_bfree.saturating_mul(now.f_frsize);
        let before = *self.free.get_or_insert(free);
        before.saturating_sub(free) > DISK_PER_RUN && bytes_here() > DISK_PER_RUN
    }
}

/// Bytes that all files below the current folder take.
fn bytes_here() -> u64 {
    let mut bytes = 0;
    let mut folders = vec![PathBuf::from(".")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let taken = |it: &Metadata| it.blocks().saturating_mul(BLOCK);
            match entry.metadata() {
                Ok(it) if it.is_dir() => folders.push(entry.path()),
                Ok(it) => bytes += taken(&it),
                Err(_) => {}
            }
        }
    }
    bytes
}
