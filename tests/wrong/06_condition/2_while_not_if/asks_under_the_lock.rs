//! verdict: requirement
//!
//! Takes the lock, looks, and gives it back, again and again, as does the other eater.

fn eater(shelf: &Shelf) {
    loop {
        let _held = shelf.changed.lock();
        if shelf.buns.get() != 0 {
            take(shelf);
            break;
        }
    }
    eat();
}
