//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Main sleeps instead of waiting for the child's end.

use std::io;
use std::os::unix::process::parent_id;
use std::process;
use std::thread::sleep;
use std::time::Duration;

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
    sleep(Duration::from_secs(1));
    Ok(child.pid())
}
