//! verdict: wrong_output, cause: unjoined
//!
//! The error is dealt with, but nobody waits for the children: the trays are still dirty.

use std::io;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    for tray in 1..=trays {
        if let Err(error) = Process::new(move || wash_up(tray, clean)).start() {
            by_hand(tray, &error, clean);
        }
    }
    Ok(())
}
