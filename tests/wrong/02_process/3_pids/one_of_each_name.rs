//! verdict: wrong_output
//!
//! Keeps a list of the staff by name: of two with the same name it knows only the first.

use std::collections::HashMap;
use std::io;
use std::os::unix::process::parent_id;
use std::process;
use std::sync::Mutex;

use mp::Process;

static STAFF: Mutex<Option<HashMap<String, u32>>> = Mutex::new(None);

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
    let mut staff = STAFF.lock().expect("nobody panics with it");
    let staff = staff.get_or_insert_default();
    Ok(*staff.entry(name.to_owned()).or_insert(child.pid()))
}
