//! verdict: deadlock, cause: lost_wakeup
//!
//! The sleep is gone, and nothing has come in its place.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_all();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    held.wait();
    bake(kitchen);
}
