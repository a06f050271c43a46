//! verdict: leak, cause: unjoined
//!
//! Each baker leaves a message when the tray is full, and nobody is joined.

use std::io;

use mp::{Process, Queue, Value};

fn open_bakery(bakers: u32, trays: &Value<u32>) -> io::Result<()> {
    let done: Queue<()> = Queue::unbounded();
    let done = &done;
    for number in 1..=bakers {
        Process::new(move || {
            bake(number, trays);
            done.put(());
        })
        .start()?;
    }
    for _ in 0..bakers {
        done.get();
    }
    Ok(())
}
