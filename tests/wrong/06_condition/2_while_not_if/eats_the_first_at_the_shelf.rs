//! verdict: requirement
//!
//! Who finds a bun at once eats it with the shelf locked; who has to wait does not.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    if shelf.buns.get() > 0 {
        take(shelf);
        eat();
        return;
    }
    while shelf.buns.get() == 0 {
        held.wait();
    }
    take(shelf);
    drop(held);
    eat();
}
