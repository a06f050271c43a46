//! verdict: requirement
//!
//! The baker is notified, but does not rely on it: a hundred looks in a second are polling.

use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_one();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    while kitchen.dough.get() == 0 {
        held.wait_timeout(Duration::from_millis(10));
    }
    bake(kitchen);
}
