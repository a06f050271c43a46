//! verdict: wrong_output
//!
//! Everything is started before anything is waited for: dough gets glazed.

use std::io;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let mut started = Vec::new();
    for (tray, &time) in tenths.iter().enumerate() {
        started.push(Process::new(move || bake(tray, time, baked)).start()?);
    }
    for tray in 0..tenths.len() {
        started.push(Process::new(move || glaze(tray, baked, glazed)).start()?);
    }
    for process in &started {
        process.join();
    }
    Ok(())
}
