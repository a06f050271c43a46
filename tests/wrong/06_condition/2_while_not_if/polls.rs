//! verdict: requirement
//!
//! Looks at the shelf every ten milliseconds.

use std::thread::sleep;
use std::time::Duration;

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    while shelf.buns.get() == 0 {
        drop(held);
        sleep(Duration::from_millis(10));
        held = shelf.changed.lock();
    }
    take(shelf);
    drop(held);
    eat();
}
