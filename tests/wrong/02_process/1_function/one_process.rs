//! verdict: wrong_output
//!
//! One process does the work of all bakers.

use std::io;

use mp::{Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    let work = || {
        for number in 1..=bakers {
            bake(number, trays);
        }
    };
    Process::new(work).start()?.join();
    Ok(())
}
