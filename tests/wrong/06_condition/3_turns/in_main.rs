//! verdict: wrong_output
//!
//! Does all the work itself, without any other process.

use std::io;

fn open_shop(trays: u32) -> io::Result<()> {
    for tray in 1..=trays {
        bake(tray);
        sell(tray);
    }
    Ok(())
}
