//! verdict: wrong_output
//!
//! Looks for the name of the night shift instead of trying. Names are given by whoever starts.

use std::io::{self, ErrorKind};

use mp::{Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    if mp::current().name() == "night shift" {
        let error = io::Error::new(
            ErrorKind::PermissionDenied,
            "a daemon may not start child processes",
        );
        for tray in 1..=trays {
            by_hand(tray, &error, clean);
        }
        return Ok(());
    }
    let mut children = Vec::new();
    for tray in 1..=trays {
        children.push(Process::new(move || wash_up(tray, clean)).start()?);
    }
    for child in children {
        child.join();
    }
    Ok(())
}
