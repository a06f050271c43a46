//! verdict: requirement
//!
//! Asks every ten milliseconds whether there is dough.

use std::thread::sleep;
use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let _held = kitchen.table.lock();
    kitchen.dough.set(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    loop {
        let held = kitchen.table.lock();
        if kitchen.dough.get() > 0 {
            bake(kitchen);
            return;
        }
        drop(held);
        sleep(Duration::from_millis(10));
    }
}
