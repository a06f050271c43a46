//! verdict: deadlock
//!
//! `hire` waits for the end: main can never send the packer home who has no buns.

use std::io;
use std::process;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let packer = Process::new(move || process::exit(pack(buns)))
        .name(name)
        .start()?;
    packer.join();
    Ok(packer)
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.join() {
        0 => format!("{name}: nothing left over"),
        left @ 1.. => format!("{name}: {left} left over"),
        signal => format!("{name}: ended by signal {}", -signal),
    }
}
