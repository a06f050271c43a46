//! verdict: passed
//!
//! `wait_for`, in a block that ends before eating.

fn eater(shelf: &Shelf) {
    {
        let mut held = shelf.changed.lock();
        held.wait_for(|| shelf.buns.get() > 0);
        take(shelf);
    }
    eat();
}
