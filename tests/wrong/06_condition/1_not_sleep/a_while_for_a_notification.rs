//! verdict: requirement
//!
//! Nobody notifies, and the baker looks every millisecond.

use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let _held = kitchen.table.lock();
    kitchen.dough.set(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let a_while = Duration::from_millis(1);
    let mut held = kitchen.table.lock();
    while !held.wait_for_timeout(a_while, || kitchen.dough.get() > 0) {}
    bake(kitchen);
}
