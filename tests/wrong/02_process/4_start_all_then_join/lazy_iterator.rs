//! verdict: requirement
//!
//! It looks like "start all, then join all", but an iterator is lazy: it starts the next process
//! only when the last one was joined.

use std::io;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let trays = || 0..tenths.len();
    let ovens = trays().map(|tray| Process::new(move || bake(tray, tenths[tray], baked)).start());
    for oven in ovens {
        oven?.join();
    }
    let brushes = trays().map(|tray| Process::new(move || glaze(tray, baked, glazed)).start());
    for brush in brushes {
        brush?.join();
    }
    Ok(())
}
