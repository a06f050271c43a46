//! verdict: deadlock, cause: held_while_waiting
//!
//! Holds the number's own lock while it waits: the baker can never add a bun.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    loop {
        let buns = shelf.buns.lock();
        if buns.get() > 0 {
            break;
        }
        held.wait();
    }
    take(shelf);
    drop(held);
    eat();
}
