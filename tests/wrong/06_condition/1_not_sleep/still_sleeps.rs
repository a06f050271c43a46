//! verdict: requirement
//!
//! The state makes the sleep needless, and it is still there.

use std::thread::sleep;
use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    sleep(Duration::from_secs(4));
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_all();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    while kitchen.dough.get() == 0 {
        held.wait();
    }
    bake(kitchen);
}
