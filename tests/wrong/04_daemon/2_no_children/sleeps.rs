//! verdict: wrong_order, cause: sleep_as_sync
//!
//! A tray takes a second, so two seconds should do. On a busy machine they do not.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    for tray in 1..=trays {
        if let Err(error) = Process::new(move || wash_up(tray, clean)).start() {
            by_hand(tray, &error, clean);
        }
    }
    sleep(Duration::from_secs(2));
    Ok(())
}
