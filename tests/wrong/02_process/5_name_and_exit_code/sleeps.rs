//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Sleeps, and looks at the exit code then.

use std::io;
use std::process;
use std::thread::sleep;
use std::time::Duration;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || process::exit(pack(buns));
    Process::new(shift).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    sleep(Duration::from_secs(1));
    match packer.exit_code() {
        Some(0) => format!("{name}: nothing left over"),
        Some(left @ 1..) => format!("{name}: {left} left over"),
        Some(signal) => format!("{name}: ended by signal {}", -signal),
        None => format!("{name}: still at work"),
    }
}
