//! verdict: requirement
//!
//! Nobody notifies: the baker looks every ten milliseconds, and calls it waiting.

use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let _held = kitchen.table.lock();
    kitchen.dough.set(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    while kitchen.dough.get() == 0 {
        held.wait_timeout(Duration::from_millis(10));
    }
    bake(kitchen);
}
