//! verdict: passed
//!
//! A shelf for each baker, which nobody else uses meanwhile, and main adds them up in the end.

use std::io;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    for _ in 0..buns {
        bake();
        shelf.set(shelf.get() + 1);
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let mut all = Vec::new();
    let shelves: Vec<Value<u32>> = (0..bakers).map(|_| Value::new(0)).collect();
    for (number, shelf) in (1..).zip(&shelves) {
        all.push(Process::new(move || baker(number, buns, shelf)).start()?);
    }
    for child in all {
        child.join();
    }
    Ok(shelves.iter().map(|shelf| shelf.get()).sum())
}
