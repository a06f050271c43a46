//! verdict: deadlock, cause: lost_wakeup
//!
//! Wakes up one of those who wait, who may want another kind; and of a tray of two, one is enough for
//! one only.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    held.notify_one();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
}
