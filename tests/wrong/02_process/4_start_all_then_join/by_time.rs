//! verdict: wrong_output
//!
//! Puts the slowest tray into the oven first, by a map from times to trays: of those that take the
//! same time, it keeps one.

use std::collections::BTreeMap;
use std::io;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let by_time: BTreeMap<u64, usize> = (0..tenths.len()).map(|it| (tenths[it], it)).collect();
    let mut ovens = Vec::new();
    for (&time, &tray) in by_time.iter().rev() {
        ovens.push(Process::new(move || bake(tray, time, baked)).start()?);
    }
    ovens.iter().for_each(|oven| drop(oven.join()));
    let mut brushes = Vec::new();
    for tray in 0..tenths.len() {
        brushes.push(Process::new(move || glaze(tray, baked, glazed)).start()?);
    }
    brushes.iter().for_each(|brush| drop(brush.join()));
    Ok(())
}
