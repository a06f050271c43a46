//! verdict: wrong_order, cause: sleep_as_sync
//!
//! The baker sleeps until the dough must be ready, instead of waiting for it.

use std::thread::sleep;
use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    kitchen.dough.set(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    sleep(Duration::from_secs(4));
    bake(kitchen);
}
