//! verdict: passed
//!
//! Another right answer: a raw value, and one lock for all that is held around each use.

use std::io;

use mp::{Lock, Process, RawValue};

fn baker(number: u32, buns: u32, shelf: &RawValue<u32>, lock: &Lock) {
    for _ in 0..buns {
        bake();
        let _held = lock.lock();
        shelf.set(shelf.get() + 1);
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let (shelf, lock) = (&RawValue::new(0_u32), &Lock::new());
    let mut started = Vec::new();
    for number in 1..=bakers {
        let work = move || baker(number, buns, shelf, lock);
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(shelf.get())
}
