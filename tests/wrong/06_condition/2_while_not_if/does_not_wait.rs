//! verdict: wrong_output
//!
//! Takes a bun at once, whether there is one or not.

fn eater(shelf: &Shelf) {
    let held = shelf.changed.lock();
    take(shelf);
    drop(held);
    eat();
}
