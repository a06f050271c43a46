//! verdict: data_race
//!
//! A raw value has no lock at all.

use std::io;

use mp::{Process, RawValue};

fn baker(number: u32, buns: u32, shelf: &RawValue<u32>) {
    for _ in 0..buns {
        bake();
        shelf.set(shelf.get() + 1);
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let shelf = &RawValue::new(0_u32);
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || baker(number, buns, shelf)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(shelf.get())
}
