//! verdict: passed
//!
//! A time limit for each wait, and a loop: the state decides, and a notification comes in time.

use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.lock().set(grams);
    held.notify(1);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let second = Duration::from_secs(1);
    let mut held = kitchen.table.lock();
    while !held.wait_for_timeout(second, || kitchen.dough.get() > 0) {}
    drop(held);
    bake(kitchen);
}
