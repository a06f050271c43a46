//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Sleeps until all trays must be on the shelf.

use std::thread::sleep;
use std::time::Duration;

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let _held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
}

fn get(shelf: &Shelf, kind: usize) {
    sleep(Duration::from_secs(10));
    let _held = shelf.changed.lock();
    take(shelf, kind);
}
