//! verdict: requirement
//!
//! Adds to the number in one step, and takes the shelf's lock only to notify: the shelf is changed
//! while somebody else holds its lock.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    shelf.buns[kind].lock().update(|there| there + buns);
    shelf.changed.lock().notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
}
