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
