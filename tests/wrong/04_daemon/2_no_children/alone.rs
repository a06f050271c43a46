//! verdict: wrong_output
//!
//! No child, no error: but now the day shift has no help either.

use std::io;

use mp::Value;

fn wash(trays: u32, clean: &Value<u32>) -> io::Result<()> {
    for tray in 1..=trays {
        wash_up(tray, clean);
    }
    Ok(())
}
