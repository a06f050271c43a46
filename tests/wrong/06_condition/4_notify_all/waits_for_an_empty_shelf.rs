//! verdict: deadlock, cause: nobody_left
//!
//! Puts a tray only where none of its kind is left. Where nobody wants the rest of the last one, the
//! baker waits for ever.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() == 0);
    shelf.buns[kind].set(buns);
    held.notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
    held.notify_all();
}
