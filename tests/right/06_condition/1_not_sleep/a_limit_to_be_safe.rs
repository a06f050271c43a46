//! verdict: passed
//!
//! Whoever is notified needs no limit, but two seconds do no harm.

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
        held.wait_timeout(Duration::from_secs(2));
    }
    bake(kitchen);
}
