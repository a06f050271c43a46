//! verdict: wrong_order, cause: lost_update
//!
//! Counts the buns without the lock: one that is taken between the reading and the writing comes back.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    shelf.changed.lock().notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
}
