//! verdict: wrong_output
//!
//! Waits until there is a bun, whatever kind the customer wants.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    held.notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns.iter().any(|buns| buns.get() > 0));
    take(shelf, kind);
}
