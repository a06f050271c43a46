//! verdict: deadlock, cause: lost_wakeup
//!
//! Looks after each wait, and not before the first.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    loop {
        held.wait();
        if shelf.buns.get() > 0 {
            break;
        }
    }
    take(shelf);
    drop(held);
    eat();
}
