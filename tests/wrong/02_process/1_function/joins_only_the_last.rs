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
