//! verdict: requirement
//!
//! Sets the dough while others may hold the table's lock, and takes it only to notify.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    kitchen.dough.set(grams);
    kitchen.table.lock().notify_one();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    while kitchen.dough.get() == 0 {
        held.wait();
    }
    drop(held);
    bake(kitchen);
}
