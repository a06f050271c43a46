//! verdict: deadlock, cause: nobody_left
//!
//! Waits until there is dough for a bun. But what was asked for is to wait until there is any.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_one();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    while kitchen.dough.get() < 50 {
        held.wait();
    }
    bake(kitchen);
}
