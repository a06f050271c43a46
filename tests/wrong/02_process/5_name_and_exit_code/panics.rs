//! verdict: panic
//!
//! A panic does end the process with an exit code other than 0, but always with 101.

use std::io;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || {
        let left = pack(buns);
        assert!(left == 0, "{left} buns are left over");
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
