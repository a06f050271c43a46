//! verdict: deadlock, cause: lost_wakeup
//!
//! All are woken for sesame, and only one for poppy, however many buns there are.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    let there = shelf.buns[kind].get();
    shelf.buns[kind].set(there + buns);
    if kind == 0 {
        held.notify_all();
    } else {
        held.notify_one();
    }
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
}
