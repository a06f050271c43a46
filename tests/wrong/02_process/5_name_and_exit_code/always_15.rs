//! verdict: wrong_output
//!
//! Whoever was ended by a signal was ended by signal 15, it thinks.

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
        left @ 1.. => format!("{name}: {left} left over"),
        _ => format!("{name}: ended by signal 15"),
    }
}
