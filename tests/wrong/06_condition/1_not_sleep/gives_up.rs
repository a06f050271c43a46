//! verdict: wrong_order, cause: gave_up
//!
//! Waits for five seconds at most, and then bakes whatever there is.

use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_all();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    held.wait_for_timeout(Duration::from_secs(5), || kitchen.dough.get() > 0);
    bake(kitchen);
}
