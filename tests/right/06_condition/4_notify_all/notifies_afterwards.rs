//! verdict: passed
//!
//! Puts the buns there, and notifies in a critical section of its own; `get` tells the others too.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    drop(held);
    shelf.changed.lock().notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
    held.notify_all();
}
