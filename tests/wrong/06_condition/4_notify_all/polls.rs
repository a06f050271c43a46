//! verdict: requirement
//!
//! Nobody is notified, everybody looks again and again.

use std::thread::sleep;
use std::time::Duration;

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let _held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
}

fn get(shelf: &Shelf, kind: usize) {
    loop {
        let held = shelf.changed.lock();
        if shelf.buns[kind].get() > 0 {
            return take(shelf, kind);
        }
        drop(held);
        sleep(Duration::from_millis(50));
    }
}
