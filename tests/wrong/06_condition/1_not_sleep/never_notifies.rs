//! verdict: deadlock, cause: nobody_left
//!
//! Changes the state and tells nobody: a baker who waits already waits for ever.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let _held = kitchen.table.lock();
    kitchen.dough.set(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    held.wait_for(|| kitchen.dough.get() > 0);
    bake(kitchen);
}
