//! verdict: requirement
//!
//! As long as anybody is at work it asks all of them.

use std::io;

use mp::{Child, Process, Value};

fn wait_for(started: &[Child]) {
    while started.iter().any(|child| child.is_alive()) {}
}

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let mut ovens = Vec::new();
    for (tray, &time) in tenths.iter().enumerate() {
        ovens.push(Process::new(move || bake(tray, time, baked)).start()?);
    }
    wait_for(&ovens);
    let mut brushes = Vec::new();
    for tray in 0..tenths.len() {
        brushes.push(Process::new(move || glaze(tray, baked, glazed)).start()?);
    }
    wait_for(&brushes);
    Ok(())
}
