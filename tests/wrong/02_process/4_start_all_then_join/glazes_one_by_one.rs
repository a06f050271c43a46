//! verdict: requirement
//!
//! The baking is done together, and the glazing one after the other.

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
        let brush = Process::new(move || glaze(tray, baked, glazed)).start()?;
        brush.join();
    }
    Ok(())
}
