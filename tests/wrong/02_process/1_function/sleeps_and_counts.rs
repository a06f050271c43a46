//! verdict: requirement
//!
//! It sleeps until all trays are full: a little, and a little more, with a look in between.

use std::io;
use std::thread;
use std::time::Duration;

use mp::{Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    for number in 1..=bakers {
        Process::new(move || bake(number, trays)).start()?;
    }
    while trays.get() < bakers {
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}
