//! verdict: requirement
//!
//! It sleeps and asks whether there is an exit code; `join` would wait and return it.

use std::io;
use std::process;
use std::thread;
use std::time::Duration;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || process::exit(pack(buns));
    Process::new(shift).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    loop {
        match packer.exit_code() {
            None => thread::sleep(Duration::from_millis(1)),
            Some(0) => return format!("{name}: nothing left over"),
            Some(left @ 1..) => return format!("{name}: {left} left over"),
            Some(signal) => return format!("{name}: ended by signal {}", -signal),
        }
    }
}
