//! verdict: requirement
//!
//! Heats the oven when the dough is there already, so one has waited for the other for no reason.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_one();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    let mut held = kitchen.table.lock();
    while kitchen.dough.get() == 0 {
        held.wait();
    }
    heat(milliseconds);
    bake(kitchen);
}
