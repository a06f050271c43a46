//! verdict: wrong_output
//!
//! The closure says what is waited until, and not while what.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_all();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    held.wait_for(|| kitchen.dough.get() == 0);
    bake(kitchen);
}
