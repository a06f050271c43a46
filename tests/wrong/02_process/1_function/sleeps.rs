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

// ---- given: edits below this line are ignored ----

/// A baker's work: tells who does it, and fills one tray.
fn bake(number: u32, trays: &mp::Value<u32>) {
    println!("baker {number} is process {}", std::process::id());
    trays.lock().update(|full| full + 1);
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let bakers = first.and_then(|text| text.parse().ok()).unwrap_or(5);
    let trays = mp::Value::new(0_u32);
    open_bakery(bakers, &trays)?;
    println!("{} of {bakers} trays are full", trays.get());
    Ok(())
}
