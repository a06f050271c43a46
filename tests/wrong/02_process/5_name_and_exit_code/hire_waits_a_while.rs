//! verdict: requirement
//!
//! Looks for a while whether the new packer is done at once. The next one is hired later for that.

use std::io;
use std::process;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let child = Process::new(move || process::exit(pack(buns))).name(name).start()?;
    child.join_timeout(std::time::Duration::from_millis(20));
    Ok(child)
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.join() {
        0 => format!("{name}: nothing left over"),
        n if n > 0 => format!("{name}: {n} left over"),
        n => format!("{name}: ended by signal {}", -n),
    }
}
