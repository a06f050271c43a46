//! verdict: wrong_output
//!
//! The process drops what `pack` returns: whatever was left over, its exit code is 0.

use std::io;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || {
        pack(buns);
    };
    Process::new(shift).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.join() {
        0 => format!("{name}: nothing left over"),
        left @ 1.. => format!("{name}: {left} left over"),
        signal => format!("{name}: ended by signal {}", -signal),
    }
}
