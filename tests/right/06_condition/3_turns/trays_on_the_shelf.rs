//! verdict: passed
//!
//! The state is what is on the shelf, and each has a condition of its own over the same lock.

use std::io;

use mp::{Condition, Lock, Process, Value};

fn open_shop(trays: u32) -> io::Result<()> {
    let lock = Lock::new();
    let (filled, emptied) = (Condition::with(&lock), Condition::with(&lock));
    let on_the_shelf = Value::new(false);
    let baker = Process::new(|| {
        for tray in 1..=trays {
            let mut held = emptied.lock();
            while on_the_shelf.get() {
                held.wait();
            }
            bake(tray);
            on_the_shelf.set(true);
            drop(held);
            filled.lock().notify_one();
        }
    });
    let seller = Process::new(|| {
        for tray in 1..=trays {
            let mut held = filled.lock();
            while !on_the_shelf.get() {
                held.wait();
            }
            sell(tray);
            on_the_shelf.set(false);
            drop(held);
            emptied.lock().notify_one();
        }
    });
    let (baker, seller) = (baker.start()?, seller.start()?);
    baker.join();
    seller.join();
    Ok(())
}
