//! verdict: wrong_output
//!
//! At night another thread washes up, and not the one that called `wash`.

use std::io;
use std::thread;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let mut helpers = Vec::new();
    for tray in 1..=trays {
        match Process::new(move || wash_up(tray, clean)).start() {
            Ok(helper) => helpers.push(helper),
            Err(error) => thread::scope(|scope| {
                scope.spawn(|| by_hand(tray, &error, clean));
            }),
        }
    }
    helpers.iter().for_each(|helper| drop(helper.join()));
    Ok(())
}
