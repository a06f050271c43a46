//! verdict: passed
//!
//! Another right answer: any error is a reason to wash by hand, and each call waits for its child.

use std::io;

use mp::{Process, Value};

fn wash_from(tray: u32, trays: u32, clean: &Value<u32>) {
    if tray > trays {
        return;
    }
    let helper = Process::new(|| wash_up(tray, clean)).start();
    if let Err(error) = &helper {
        by_hand(tray, error, clean);
    }
    wash_from(tray + 1, trays, clean);
    if let Ok(helper) = helper {
        helper.join();
    }
}

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    wash_from(1, trays, clean);
    Ok(())
}
