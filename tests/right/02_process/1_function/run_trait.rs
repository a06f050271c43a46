//! verdict: passed
//!
//! Another right answer: a type of its own with `run`, started from the last number to the first.

use std::io;

use mp::{Process, Run, Value};

struct Baker<'a> {
    number: u32,
    trays: &'a Value<u32>,
}

impl Run for Baker<'_> {
    fn run(&mut self) {
        bake(self.number, self.trays);
    }
}

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    let mut started = Vec::new();
    for number in (1..=bakers).rev() {
        started.push(Process::of(Baker { number, trays }).start()?);
    }
    while let Some(baker) = started.pop() {
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
