//! verdict: wrong_output
//!
//! The packers get no names: they are Process-1 and so on, with boxes of another size.

use std::io;
use std::process;

use mp::{Child, Process};

fn hire(_name: &str, buns: i32) -> io::Result<Child> {
    Process::new(move || process::exit(pack(buns))).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.join() {
        0 => format!("{name}: nothing left over"),
        left @ 1.. => format!("{name}: {left} left over"),
        signal => format!("{name}: ended by signal {}", -signal),
    }
}
