//! verdict: passed
//!
//! Another right answer: iterators, and the children are joined in reverse order.

use std::io;

use mp::{Child, Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    let started: Vec<Child> = (1..=bakers)
        .map(|number| Process::new(|| bake(number, trays)).start())
        .collect::<io::Result<_>>()?;
    started.iter().rev().for_each(|baker| {
        baker.join();
    });
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
