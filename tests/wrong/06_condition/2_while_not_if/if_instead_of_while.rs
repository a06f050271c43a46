//! verdict: wrong_order, cause: if_not_while
//!
//! Believes that there is a bun for whoever was woken.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    if shelf.buns.get() == 0 {
        held.wait();
    }
    take(shelf);
    drop(held);
    eat();
}
