//! verdict: panic
//!
//! Nothing left over is told by a panic, whose exit code is another number than 0.

use std::io;
use std::process;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    Process::new(move || {
        let left = pack(buns);
        if left == 0 {
            panic!("nothing left");
        }
        process::exit(left)
    })
    .name(name)
    .start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.join() {
        101 => format!("{name}: nothing left over"),
        n if n > 0 => format!("{name}: {n} left over"),
        n => format!("{name}: ended by signal {}", -n),
    }
}
