//! verdict: requirement
//!
//! Only two ovens are used at a time: before a third tray goes in, one has to come out.

use std::io;

use mp::{Child, Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let mut before: Option<Child> = None;
    for (tray, &time) in tenths.iter().enumerate() {
        let oven = Process::new(move || bake(tray, time, baked)).start()?;
        if let Some(before) = before.replace(oven) {
            before.join();
        }
    }
    if let Some(last) = before {
        last.join();
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
