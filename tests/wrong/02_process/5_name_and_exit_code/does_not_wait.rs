//! verdict: wrong_output, cause: unjoined
//!
//! `exit_code` asks and does not wait: a packer still at work has none yet.

use std::io;
use std::process;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || process::exit(pack(buns));
    Process::new(shift).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.exit_code().unwrap_or(0) {
        0 => format!("{name}: nothing left over"),
        left @ 1.. => format!("{name}: {left} left over"),
        signal => format!("{name}: ended by signal {}", -signal),
    }
}
