//! verdict: wrong_output
//!
//! Waits for the dough alone. It is baked as soon as it is there, in a cold oven.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_one();
}

fn baker(kitchen: &Kitchen, _milliseconds: u32) {
    let mut held = kitchen.table.lock();
    held.wait_for(|| kitchen.dough.get() > 0);
    bake(kitchen);
}
