//! verdict: livelock
//!
//! `pack` is called before the start: it is main that packs, and waits for buns for ever.

use std::io;
use std::process;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let left = pack(buns);
    Process::new(move || process::exit(left)).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    match packer.join() {
        0 => format!("{name}: nothing left over"),
        left @ 1.. => format!("{name}: {left} left over"),
        signal => format!("{name}: ended by signal {}", -signal),
    }
}
