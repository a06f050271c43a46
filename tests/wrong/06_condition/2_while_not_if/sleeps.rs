//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Sleeps until all buns must be there.

use std::thread::sleep;
use std::time::Duration;

fn eater(shelf: &Shelf) {
    sleep(Duration::from_secs(10));
    let held = shelf.changed.lock();
    take(shelf);
    drop(held);
    eat();
}
