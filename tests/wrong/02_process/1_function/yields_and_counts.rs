//! verdict: requirement
//!
//! It lets others go first until all trays are full, and looks at them each time.

use std::io;
use std::thread;

use mp::{Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    for number in 1..=bakers {
        Process::new(move || bake(number, trays)).start()?;
    }
    while trays.get() != bakers {
        thread::yield_now();
    }
    Ok(())
}
