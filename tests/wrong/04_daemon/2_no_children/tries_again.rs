//! verdict: deadlock
//!
//! Tries again until it works. A daemon stays a daemon: it never does, and main waits for ever.

use std::io;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let mut helpers = Vec::new();
    for tray in 1..=trays {
        loop {
            if let Ok(helper) = Process::new(move || wash_up(tray, clean)).start() {
                helpers.push(helper);
                break;
            }
        }
    }
    for helper in &helpers {
        helper.join();
    }
    Ok(())
}
