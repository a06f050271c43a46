//! verdict: wrong_output
//!
//! The `?` hands the error on instead of dealing with it: the night shift washes nothing.

use std::io;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let mut helpers = Vec::new();
    for tray in 1..=trays {
        helpers.push(Process::new(move || wash_up(tray, clean)).start()?);
    }
    for helper in &helpers {
        helper.join();
    }
    Ok(())
}
