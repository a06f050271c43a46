//! verdict: wrong_output, cause: unjoined
//!
//! The glazing is started, and nobody waits for it.

use std::io;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let mut ovens = Vec::new();
    for (tray, &time) in tenths.iter().enumerate() {
        ovens.push(Process::new(move || bake(tray, time, baked)).start()?);
    }
    for oven in &ovens {
        oven.join();
    }
    for tray in 0..tenths.len() {
        Process::new(move || glaze(tray, baked, glazed)).start()?;
    }
    Ok(())
}
