//! verdict: wrong_order, cause: unjoined
//!
//! The last baker to start need not be the last one to finish.

use std::io;

use mp::{Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    let mut last = None;
    for number in 1..=bakers {
        last = Some(Process::new(move || bake(number, trays)).start()?);
    }
    if let Some(baker) = last {
        baker.join();
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
