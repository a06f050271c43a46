//! verdict: passed
//!
//! A loop written out, and the number's own `update`.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].lock().update(|there| there + buns);
    held.notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    loop {
        if shelf.buns[kind].get() > 0 {
            take(shelf, kind);
            return;
        }
        held.wait();
    }
}
