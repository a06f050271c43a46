//! verdict: passed
//!
//! A loop with a way out, and a guard made anew for the taking of the bun only if it is there.

fn try_to_take(shelf: &Shelf) -> bool {
    let there = shelf.buns.get() > 0;
    if there {
        take(shelf);
    }
    there
}

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    loop {
        if try_to_take(shelf) {
            break;
        }
        held.wait();
    }
    drop(held);
    eat();
}
