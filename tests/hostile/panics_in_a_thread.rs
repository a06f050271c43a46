//! verdict: panic
//! message: Thread-1 panicked: nobody joins me
//!
//! A thread panics, and nobody asks how it ended.

use std::thread;

fn attack() {
    let alone = thread::spawn(|| panic!("nobody joins me"));
    while !alone.is_finished() {
        thread::yield_now();
    }
}
