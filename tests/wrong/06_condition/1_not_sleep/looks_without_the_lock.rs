//! verdict: deadlock, cause: lost_wakeup
//!
//! Looks before it has the lock: the dough can come between the look and the wait.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_one();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    while kitchen.dough.get() == 0 {
        let mut held = kitchen.table.lock();
        held.wait();
    }
    bake(kitchen);
}
