//! verdict: requirement
//!
//! By day threads wash the trays, which are no children.

use std::io;
use std::thread;

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    if mp::current().is_daemon() {
        for tray in 1..=trays {
            if let Err(error) = Process::new(|| {}).start() {
                by_hand(tray, &error, clean);
            }
        }
        return Ok(());
    }
    thread::scope(|scope| {
        for tray in 1..=trays {
            scope.spawn(move || wash_up(tray, clean));
        }
    });
    Ok(())
}
