//! What is left of a run whose supervisor was killed: its tasks die with it, but not what they
//! started past the scheduler. The checker adopts these processes and ends them.

use std::path::Path;
use std::time::Duration;

use rustix::process::{Signal, WaitOptions};

/// From now on, orphans below this process become its children.
pub(crate) fn adopt() {
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// Kills and buries all children of this process that work in `folder`, and theirs.
pub(crate) fn kill_those_in(folder: &Path) {
    // Who is killed leaves his own children to us, so look until there is nobody.
    for _ in 0..1000 {
        let found: Vec<i32> = children()
            .into_iter()
            .filter(|&pid| is_in(pid, folder))
            .collect();
        if found.is_empty() {
            return;
        }
        for pid in found {
            crate::sys::signal(pid, Signal::KILL.as_raw());
            let _ =
                rustix::process::waitpid(rustix::process::Pid::from_raw(pid), WaitOptions::empty());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The children of all threads of this process.
fn children() -> Vec<i32> {
    let threads = std::fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let texts = threads.filter_map(|t| std::fs::read_to_string(t.path().join("children")).ok());
    texts
        .flat_map(|text| {
            text.split_whitespace()
                .filter_map(|p| p.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

fn is_in(pid: i32, folder: &Path) -> bool {
    std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(folder))
}
