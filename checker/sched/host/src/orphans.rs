//! Ends what is left of a run whose supervisor was killed. Its tasks die with it, but processes
//! that they started behind the scheduler's back do not; the checker adopts and kills these.

use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitOptions};

/// From now on, orphans below this process become its children.
pub(crate) fn adopt() {
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// Kills and buries all children of this process that work in `folder`, and theirs.
pub(crate) fn kill_those_in(folder: &Path) {
    kill(folder, children);
}

/// Kills all processes that work in `folder`: if the supervisor was killed, the processes that it
/// leaves are not yet our children while their parents are dying, and dying processes no longer
/// tell in which folder they worked.
pub(crate) fn kill_whoever_is_in(folder: &Path) {
    kill(folder, processes);
}

fn kill(folder: &Path, known: fn() -> Vec<i32>) {
    // A killed process leaves its own children to us, so look until there are none.
    for _ in 0..1000 {
        let mut found = known();
        found.retain(|&pid| is_in(pid, folder));
        if found.is_empty() {
            return;
        }
        for pid in found {
            let Some(pid) = Pid::from_raw(pid) else {
                continue;
            };
            let _gone = rustix::process::kill_process(pid, Signal::KILL);
            let _ = rustix::process::waitpid(Some(pid), WaitOptions::empty());
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

/// All processes of this machine.
fn processes() -> Vec<i32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.collect()
}

fn is_in(pid: i32, folder: &Path) -> bool {
    std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(folder))
}
