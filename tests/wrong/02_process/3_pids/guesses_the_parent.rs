//! verdict: wrong_output
//!
//! Pids that follow one another do so by chance: this holds for the first child only.

use std::io;
use std::process;

use mp::Process;

fn introduce() -> String {
    let name = mp::current().name();
    let pid = process::id();
    format!("{name}: process {pid}, started by {}", pid - 1)
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(work).name(name).start()?;
    child.join();
    Ok(child.pid())
}
