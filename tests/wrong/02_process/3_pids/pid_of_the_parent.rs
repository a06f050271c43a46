//! verdict: wrong_output
//!
//! `process::id()` in the parent is the parent's pid, whatever was started before.

use std::io;
use std::os::unix::process::parent_id;
use std::process;

use mp::Process;

fn introduce() -> String {
    let name = mp::current().name();
    format!(
        "{name}: process {}, started by {}",
        process::id(),
        parent_id()
    )
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(work).name(name).start()?;
    child.join();
    Ok(process::id())
}
