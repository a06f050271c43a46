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
