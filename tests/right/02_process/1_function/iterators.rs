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
