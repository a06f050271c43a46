//! Tells when a file of the exercises is saved.
//!
//! The system reports most changes at once. It may also report none (a network folder, a limit that
//! is reached), so the watching loop looks at the file itself now and then, too.

use std::path::Path;
use std::sync::mpsc::Sender;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Happening;

/// Tells of changes for as long as this value lives.
pub struct Files {
    _watcher: RecommendedWatcher,
}

impl Files {
    /// Watches a folder and all below it; `None` where the system does not offer that.
    pub fn watch(folder: &Path, sender: Sender<Happening>) -> Option<Files> {
        let tell = move |event: notify::Result<Event>| {
            // Reading a file does not change it. An error may mean that changes were missed.
            if event.is_ok_and(
                |event| matches!(event.kind, EventKind::Access(access) if !wrote(access)),
            ) {
                return;
            }
            // Where nobody listens any more, course is about to end.
            let _ = sender.send(Happening::Saved);
        };
        let mut watcher = notify::recommended_watcher(tell).ok()?;
        watcher.watch(folder, RecursiveMode::Recursive).ok()?;
        Some(Files { _watcher: watcher })
    }
}

/// Whether a file was closed that had been open to be written.
fn wrote(access: notify::event::AccessKind) -> bool {
    use notify::event::{AccessKind, AccessMode};
    access == AccessKind::Close(AccessMode::Write)
}
