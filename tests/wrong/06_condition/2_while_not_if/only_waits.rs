//! verdict: deadlock, cause: lost_wakeup
//!
//! Waits without a look: a bun that is on the shelf already is not seen.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    held.wait();
    take(shelf);
    drop(held);
    eat();
}
