//! verdict: deadlock, cause: lost_wakeup
//!
//! Notifies first, and changes the state after it has given the lock back: who was woken sees no
//! dough, and waits for another notification.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    kitchen.table.lock().notify_all();
    kitchen.dough.set(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    while kitchen.dough.get() == 0 {
        held.wait();
    }
    bake(kitchen);
}
