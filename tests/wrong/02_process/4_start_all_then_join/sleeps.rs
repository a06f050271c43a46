//! verdict: wrong_order, cause: sleep_as_sync
//!
//! The time that baking takes is slept away: nothing says that all trays are baked by then.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    for (tray, &time) in tenths.iter().enumerate() {
        Process::new(move || bake(tray, time, baked)).start()?;
    }
    sleep(Duration::from_secs(1));
    let mut brushes = Vec::new();
    for tray in 0..tenths.len() {
        brushes.push(Process::new(move || glaze(tray, baked, glazed)).start()?);
    }
    for brush in &brushes {
        brush.join();
    }
    Ok(())
}
