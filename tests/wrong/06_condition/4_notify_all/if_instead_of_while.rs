//! verdict: wrong_output
//!
//! Everybody is woken, and takes what there is without another look.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    held.notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    if shelf.buns[kind].get() == 0 {
        held.wait();
    }
    take(shelf, kind);
}
