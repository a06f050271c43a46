//! verdict: passed
//!
//! A third lock, for the shelf itself, made before the start and lent to every baker.

use std::io;

use mp::{Lock, Process};

fn baker(number: u32, shelf: &Shelf, lock: &Lock) {
    for _ in 0..2 {
        bake();
        let _held = lock.lock();
        put_bun(shelf);
    }
    println!("baker {number} put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    let lock = &Lock::named("shelf");
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || baker(number, shelf, lock)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
