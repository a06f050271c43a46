//! verdict: passed
//!
//! Begins all over again when it was woken in vain, with the lock given back in between.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    if shelf.buns.get() > 0 {
        take(shelf);
        drop(held);
        return eat();
    }
    held.wait();
    drop(held);
    eater(shelf);
}
