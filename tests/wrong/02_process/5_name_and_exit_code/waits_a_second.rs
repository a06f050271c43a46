//! verdict: wrong_order, cause: gave_up
//!
//! Waits for a second at most: who takes longer is said to have left nothing over.

use std::io;
use std::process;
use std::time::Duration;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let shift = move || process::exit(pack(buns));
    Process::new(shift).name(name).start()
}

fn report(packer: &Child) -> String {
    let name = packer.name();
    let code = packer.join_timeout(Duration::from_secs(1));
    match code.unwrap_or_default() {
        0 => format!("{name}: nothing left over"),
        left @ 1.. => format!("{name}: {left} left over"),
        signal => format!("{name}: ended by signal {}", -signal),
    }
}
