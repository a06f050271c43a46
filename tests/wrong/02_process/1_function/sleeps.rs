//! verdict: wrong_order, cause: sleep_as_sync
//!
//! A long sleep where a join belongs: no sleep is long enough to be sure.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    for number in 1..=bakers {
        Process::new(move || bake(number, trays)).start()?;
    }
    sleep(Duration::from_secs(60));
    Ok(())
}
