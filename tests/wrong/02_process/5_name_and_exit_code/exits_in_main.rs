//! verdict: panic
//!
//! `exit` ends whoever calls it: here the parent ends with the packer's exit code.

use std::io;
use std::process;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || process::exit(pack(buns));
    Process::new(shift).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.join() {
        0 => format!("{name}: nothing left over"),
        code => process::exit(code),
    }
}
