//! verdict: passed
//!
//! Whoever is gone need not be waited for: it asks once, and waits for the others.

use std::io;

use mp::{Child, Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    let mut started: Vec<Child> = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || bake(number, trays)).start()?);
    }
    started.retain(Child::is_alive);
    for baker in &started {
        baker.join();
    }
    Ok(())
}
