//! verdict: requirement
//!
//! Threads instead of processes.

use std::io;
use std::thread;

use mp::Value;

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    thread::scope(|scope| {
        for (tray, &time) in tenths.iter().enumerate() {
            scope.spawn(move || bake(tray, time, baked));
        }
    });
    thread::scope(|scope| {
        for tray in 0..tenths.len() {
            scope.spawn(move || glaze(tray, baked, glazed));
        }
    });
    Ok(())
}
