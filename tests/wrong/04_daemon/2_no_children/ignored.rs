//! verdict: wrong_output
//!
//! What could not be started is skipped without a word, and its tray stays dirty.

use std::io;

use mp::{Child, Process, Value};

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    let start = |tray| Process::new(move || wash_up(tray, clean)).start();
    let helpers: Vec<Child> = (1..=trays).flat_map(start).collect();
    for helper in &helpers {
        helper.join();
    }
    Ok(())
}
