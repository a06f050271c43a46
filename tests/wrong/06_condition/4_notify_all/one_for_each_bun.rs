//! verdict: deadlock, cause: lost_wakeup
//!
//! As many notifications as buns: they can go to those who want another kind.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    held.notify(buns);
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
}
