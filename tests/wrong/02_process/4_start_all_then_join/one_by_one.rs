//! verdict: requirement
//!
//! A tray goes into the oven only when the one before has come out; glazing likewise.

use std::io;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    for (tray, &time) in tenths.iter().enumerate() {
        Process::new(move || bake(tray, time, baked))
            .start()?
            .join();
    }
    for tray in 0..tenths.len() {
        Process::new(move || glaze(tray, baked, glazed))
            .start()?
            .join();
    }
    Ok(())
}
