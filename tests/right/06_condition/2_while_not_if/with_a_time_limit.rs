//! verdict: passed
//!
//! Waits for a minute at most, and then for another one.

use std::time::Duration;

fn eater(shelf: &Shelf) {
    let minute = Duration::from_secs(60);
    let mut held = shelf.changed.lock();
    while shelf.buns.get() == 0 {
        held.wait_timeout(minute);
    }
    take(shelf);
    drop(held);
    eat();
}
