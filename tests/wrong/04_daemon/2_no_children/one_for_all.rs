//! verdict: wrong_output
//!
//! After the first error all trays are washed by hand, and then the loop goes on to the next tray.

use std::io;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let mut helpers = Vec::new();
    for tray in 1..=trays {
        match Process::new(move || wash_up(tray, clean)).start() {
            Ok(helper) => helpers.push(helper),
            Err(error) => (1..=trays).for_each(|tray| by_hand(tray, &error, clean)),
        }
    }
    for helper in &helpers {
        helper.join();
    }
    Ok(())
}
