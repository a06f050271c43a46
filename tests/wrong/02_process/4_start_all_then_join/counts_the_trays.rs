//! verdict: requirement
//!
//! It looks again and again how many trays are baked, and lets others go first in between.

use std::io;
use std::thread;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let trays = tenths.len();
    for (tray, &time) in tenths.iter().enumerate() {
        Process::new(move || bake(tray, time, baked)).start()?;
    }
    while baked.get() < trays as u32 {
        thread::yield_now();
    }
    for tray in 0..trays {
        Process::new(move || glaze(tray, baked, glazed)).start()?;
    }
    while glazed.get() < trays as u32 {
        thread::yield_now();
    }
    Ok(())
}
