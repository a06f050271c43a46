//! verdict: deadlock, cause: lost_wakeup
//!
//! Ten is a number like any other: one day there are eleven who want the other kind.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].lock().update(|n| n + buns);
    for _ in 0..10 {
        held.notify_one();
    }
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
}
