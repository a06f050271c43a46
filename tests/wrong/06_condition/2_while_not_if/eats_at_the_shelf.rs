//! verdict: requirement
//!
//! Eats with the shelf locked, so nobody eats beside anybody.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    while shelf.buns.get() == 0 {
        held.wait();
    }
    take(shelf);
    eat();
}
