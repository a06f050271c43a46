//! verdict: passed
//!
//! Another right answer: the pid is noted before the wait.

use std::io;
use std::os::unix::process::parent_id;

use mp::Process;

fn introduce() -> String {
    let (pid, parent) = (std::process::id(), parent_id());
    [
        mp::current().name(),
        format!(": process {pid}, started by {parent}"),
    ]
    .concat()
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(move || work()).name(name).start()?;
    let pid = child.pid();
    child.join();
    Ok(pid)
}
