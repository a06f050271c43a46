//! verdict: passed
//!
//! `wait_for`, with the oven hot before the table's lock is taken, and baking after it.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    held.notify_all();
    // Whoever was woken cannot look before the lock is given back.
    kitchen.dough.set(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    kitchen.table.lock().wait_for(|| kitchen.dough.get() > 0);
    bake(kitchen);
}
