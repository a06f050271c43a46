//! verdict: deadlock, cause: nobody_left
//!
//! Wakes up all, gives the lock back, and puts the buns on the shelf then: who has looked already
//! sleeps again.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    shelf.changed.lock().notify_all();
    let _held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    while shelf.buns[kind].get() == 0 {
        held.wait();
    }
    take(shelf, kind);
}
