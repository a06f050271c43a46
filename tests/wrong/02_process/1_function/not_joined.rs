//! verdict: wrong_output, cause: unjoined
//!
//! Nobody waits: main counts the trays before the first baker has begun.

use std::io;

use mp::{Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    for number in 1..=bakers {
        Process::new(move || bake(number, trays)).start()?;
    }
    Ok(())
}
