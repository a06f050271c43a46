//! A process per baker.
//!
//! A process is a running program with memory of its own. `Process::new(f)` describes a new one,
//! `start` makes it: from then on it runs `f` beside you, and nobody knows who gets how far first.
//! `start` returns at once; only `join` waits until the process has ended.
//!
//! The task: the bun shop opens with as many bakers as the first argument says. Write
//! `open_bakery`, which starts the bakers 1, 2, 3, ... each in a process of its own, so that all of
//! them are at work together, and returns when all of them have gone home: their processes have
//! been joined. A baker's work is `bake`, in the given part. Nobody asks again and again.
//!
//! Why it matters: a main program that does not wait counts the trays before they are full. One
//! that waits too early has bought processes and still does one thing after the other.
//!
//! Try it by hand:  `course run 02_process/1_function 5`
//! Check it:        `course check 02_process/1_function`

use std::io;

use mp::{Process, Value};

/// Starts the bakers 1 to `bakers`, and waits until the last of them has gone home.
fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    // Two loops: a `join` inside the first would hold up the next baker until this one is done.
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || bake(number, trays)).start()?);
    }
    for baker in &started {
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
    let trays = mp::Value::named("trays", 0_u32);
    open_bakery(bakers, &trays)?;
    println!("{} of {bakers} trays are full", trays.get());
    Ok(())
}
