//! verdict: requirement
//!
//! It waits for the end by asking for the exit code, again and again.

use std::hint;
use std::io;
use std::os::unix::process::parent_id;
use std::process;

use mp::Process;

fn introduce() -> String {
    let name = mp::current().name();
    let (own, parent) = (process::id(), parent_id());
    format!("{name}: process {own}, started by {parent}")
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(work).name(name).start()?;
    while child.exit_code().is_none() {
        hint::spin_loop();
    }
    Ok(child.pid())
}
