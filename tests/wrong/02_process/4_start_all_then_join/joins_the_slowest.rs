//! verdict: wrong_order
//!
//! Only the tray with the longest time is waited for: on a busy machine another one is later.

use std::io;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let longest = tenths.iter().max();
    let mut slowest = None;
    for (tray, time) in tenths.iter().enumerate() {
        let oven = Process::new(move || bake(tray, *time, baked)).start()?;
        if Some(time) == longest {
            slowest = Some(oven);
        }
    }
    if let Some(oven) = slowest {
        oven.join();
    }
    let mut brushes = Vec::new();
    for tray in 0..tenths.len() {
        brushes.push(Process::new(move || glaze(tray, baked, glazed)).start()?);
    }
    for brush in &brushes {
        brush.join();
    }
    Ok(())
}
