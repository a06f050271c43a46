//! verdict: requirement
//!
//! Threads instead of processes.

use std::io;
use std::thread;

use mp::Value;

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    thread::scope(|scope| {
        for number in 1..=bakers {
            scope.spawn(move || bake(number, trays));
        }
    });
    Ok(())
}
