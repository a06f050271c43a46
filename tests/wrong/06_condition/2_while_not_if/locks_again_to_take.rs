//! verdict: wrong_order, cause: not_atomic
//!
//! Holds the lock to wait, and again to take: between the two, the shelf is anybody's.

fn eater(shelf: &Shelf) {
    shelf.changed.lock().wait_for(|| shelf.buns.get() > 0);
    let held = shelf.changed.lock();
    take(shelf);
    drop(held);
    eat();
}
