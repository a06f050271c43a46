//! verdict: wrong_order, cause: not_atomic
//!
//! Gives the lock back between the look and the taking of the bun.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    held.notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    shelf.changed.lock().wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
}
