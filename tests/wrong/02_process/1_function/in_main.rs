//! verdict: wrong_output
//!
//! Main does all the work itself: no process is ever made.

use std::io;

use mp::Value;

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    for number in 1..=bakers {
        bake(number, trays);
    }
    Ok(())
}
