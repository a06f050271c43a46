//! verdict: wrong_output
//!
//! Main bakes and glazes everything itself.

use std::io;

use mp::Value;

fn make(tenths: &[u64], baked: &Value<u32>, glazed: &Value<u32>) -> io::Result<()> {
    for (tray, &time) in tenths.iter().enumerate() {
        bake(tray, time, baked);
    }
    for tray in 0..tenths.len() {
        glaze(tray, baked, glazed);
    }
    Ok(())
}
