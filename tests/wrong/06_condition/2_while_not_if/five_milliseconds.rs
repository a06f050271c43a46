//! verdict: requirement
//!
//! The baker notifies, and the eater looks every five milliseconds nevertheless.

use std::time::Duration;

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    while shelf.buns.get() == 0 {
        held.wait_timeout(Duration::from_millis(5));
    }
    take(shelf);
    drop(held);
    eat();
}
