//! verdict: wrong_output
//!
//! A negative exit code is taken for a number of buns.

use std::io;
use std::process;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || process::exit(pack(buns));
    Process::new(shift).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.join().abs() {
        0 => format!("{name}: nothing left over"),
        left => format!("{name}: {left} left over"),
    }
}
