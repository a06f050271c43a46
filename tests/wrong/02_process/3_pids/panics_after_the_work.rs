//! verdict: panic
//!
//! The child does its work, then panics over its parent's pid: its exit code tells, nobody looks.

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
    let work_and_check = || {
        work();
        assert_eq!(parent_id(), process::id(), "the parent is somebody else");
    };
    let child = Process::new(work_and_check).name(name).start()?;
    child.join();
    Ok(child.pid())
}
