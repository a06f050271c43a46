//! verdict: wrong_output
//!
//! Starts a baker, and asks only then whether that was the last: one also where there is none.

use std::io;

use mp::{Process, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    let mut started = Vec::new();
    let mut number = 1;
    loop {
        started.push(Process::new(move || bake(number, trays)).start()?);
        if number >= bakers {
            break;
        }
        number += 1;
    }
    for baker in &started {
        baker.join();
    }
    Ok(())
}
