//! verdict: passed
//!
//! An `if` is enough here: there is one notification, and it comes when the dough is there for good.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    drop(held);
    // Whoever looked too early has begun to wait before the dough was set.
    kitchen.table.lock().notify_one();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    if kitchen.dough.get() == 0 {
        held.wait();
    }
    bake(kitchen);
}
