//! verdict: requirement
//!
//! Each baker has to wait until the one before has gone home.

use std::io;

use mp::{Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    for number in 1..=bakers {
        Process::new(move || bake(number, trays)).start()?.join();
    }
    Ok(())
}
