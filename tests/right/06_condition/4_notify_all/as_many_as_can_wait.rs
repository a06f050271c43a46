//! verdict: passed
//!
//! `notify` with a number that is large enough for all, and before the state is changed, which
//! is the same while the lock is held.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    held.notify(u32::MAX);
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    while shelf.buns[kind].get() == 0 {
        held.wait();
    }
    take(shelf, kind);
}
