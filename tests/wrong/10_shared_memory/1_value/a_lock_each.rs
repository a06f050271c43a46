//! verdict: data_race, cause: two_locks
//!
//! A lock that each baker made for itself protects a raw value from nobody.

use std::io;

use mp::{Lock, Process, RawValue};

fn baker(number: u32, buns: u32, shelf: &RawValue<u32>) {
    let lock = Lock::new();
    for _ in 0..buns {
        bake();
        let _held = lock.lock();
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
