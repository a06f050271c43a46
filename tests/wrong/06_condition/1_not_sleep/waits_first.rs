//! verdict: deadlock, cause: lost_wakeup
//!
//! There is a loop, but it waits once before it looks.

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    let held = kitchen.table.lock();
    kitchen.dough.set(grams);
    held.notify_one();
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    let mut held = kitchen.table.lock();
    loop {
        held.wait();
        if kitchen.dough.get() > 0 {
            break;
        }
    }
    bake(kitchen);
}
