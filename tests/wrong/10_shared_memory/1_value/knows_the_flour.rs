//! verdict: wrong_output
//!
//! Reads for how many buns there is flour, and counts nothing.

use std::io;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, _shelf: &Value<u32>) {
    for _ in 0..buns {
        bake();
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let shelf = Value::new(0);
    let mut all = Vec::new();
    for number in 1..=bakers {
        let shelf = &shelf;
        all.push(Process::new(move || baker(number, buns, shelf)).start()?);
    }
    for child in all {
        child.join();
    }
    Ok(bakers * buns.min(argument(3, u32::MAX)))
}
