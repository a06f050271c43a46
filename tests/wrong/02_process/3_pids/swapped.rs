//! verdict: wrong_output
//!
//! The process's own pid and its parent's are exchanged.

use std::io;
use std::os::unix::process::parent_id;
use std::process;

use mp::Process;

fn introduce() -> String {
    let name = mp::current().name();
    format!(
        "{name}: process {}, started by {}",
        parent_id(),
        process::id()
    )
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(work).name(name).start()?;
    child.join();
    Ok(child.pid())
}
