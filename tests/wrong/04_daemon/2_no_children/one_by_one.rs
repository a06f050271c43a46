//! verdict: requirement
//!
//! Each tray has a child, but the next one starts only when the last one has ended.

use std::io;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    for tray in 1..=trays {
        match Process::new(move || wash_up(tray, clean)).start() {
            Ok(helper) => {
                helper.join();
            }
            Err(error) => by_hand(tray, &error, clean),
        }
    }
    Ok(())
}
