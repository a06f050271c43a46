//! verdict: passed
//!
//! Another right answer: all results are kept, and looked at when everything was tried.

use std::io;

use mp::{Child, Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let start = |tray| (tray, Process::new(move || wash_up(tray, clean)).start());
    let tried: Vec<(u32, io::Result<Child>)> = (1..=trays).map(start).collect();
    for (tray, result) in &tried {
        match result {
            Ok(helper) => {
                helper.join();
            }
            Err(error) => by_hand(*tray, error, clean),
        }
    }
    Ok(())
}
