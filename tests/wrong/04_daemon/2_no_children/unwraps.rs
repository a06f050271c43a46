//! verdict: panic
//!
//! `unwrap` bets that there is no error. In the night shift there is one.

use std::io;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let mut helpers = Vec::new();
    for tray in 1..=trays {
        helpers.push(Process::new(move || wash_up(tray, clean)).start().unwrap());
    }
    for helper in &helpers {
        helper.join();
    }
    Ok(())
}
