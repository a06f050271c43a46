//! verdict: wrong_output
//!
//! A process glazes its tray as soon as it is baked, without a look at the other trays.

use std::io;

use mp::{Process, Value};

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    let mut started = Vec::new();
    for (tray, &time) in tenths.iter().enumerate() {
        let work = move || {
            bake(tray, time, baked);
            glaze(tray, baked, glazed);
        };
        started.push(Process::new(work).start()?);
    }
    for process in &started {
        process.join();
    }
    Ok(())
}
