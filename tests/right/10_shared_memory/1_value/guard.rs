//! verdict: passed
//!
//! Another right answer: the guard is kept while the count is read and written.

use std::io;

use mp::{Child, Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    for _ in 0..buns {
        bake();
        let mut held = shelf.lock();
        let count = held.get();
        held.set(count + 1);
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let shelf = Value::new(0_u32);
    let started: Vec<Child> = (1..=bakers)
        .map(|number| Process::new(|| baker(number, buns, &shelf)).start())
        .collect::<io::Result<_>>()?;
    started.iter().for_each(|child| {
        child.join();
    });
    Ok(shelf.get())
}
