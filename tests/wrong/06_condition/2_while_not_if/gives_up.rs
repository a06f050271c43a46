//! verdict: wrong_order, cause: gave_up
//!
//! Goes to take a bun when it has waited for long enough.

use std::time::Duration;

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    held.wait_for_timeout(Duration::from_secs(60), || shelf.buns.get() > 0);
    take(shelf);
    drop(held);
    eat();
}
