//! verdict: wrong_output
//!
//! Begins with the last tray: by hand they are washed in the wrong order.

use std::io;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let mut helpers = Vec::new();
    for tray in (1..=trays).rev() {
        match Process::new(move || wash_up(tray, clean)).start() {
            Ok(helper) => helpers.push(helper),
            Err(error) => by_hand(tray, &error, clean),
        }
    }
    helpers.iter().for_each(|helper| drop(helper.join()));
    Ok(())
}
