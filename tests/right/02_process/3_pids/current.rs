//! verdict: passed
//!
//! Another right answer: the pid comes from `mp::current()`, the end is awaited with a time limit.

use std::io;
use std::os::unix::process::parent_id;
use std::time::Duration;

use mp::Process;

fn introduce() -> String {
    let me = mp::current();
    let mut line = me.name();
    line += &format!(": process {}", me.pid());
    line += &format!(", started by {}", parent_id());
    line
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(work).name(name).start()?;
    while child.join_timeout(Duration::from_secs(1)).is_none() {}
    Ok(child.pid())
}
