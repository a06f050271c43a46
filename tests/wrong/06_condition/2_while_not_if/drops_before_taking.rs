//! verdict: wrong_order, cause: not_atomic
//!
//! Waits in a loop, and gives the lock back before it takes the bun it has seen.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns.get() > 0);
    drop(held);
    take(shelf);
    eat();
}
