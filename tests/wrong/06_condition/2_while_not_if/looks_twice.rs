//! verdict: wrong_order, cause: if_not_while
//!
//! Looks once more after the wait, and does not wait a third time.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    if shelf.buns.get() == 0 {
        held.wait();
        if shelf.buns.get() == 0 {
            held.wait();
        }
    }
    take(shelf);
    drop(held);
    eat();
}
