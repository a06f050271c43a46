//! verdict: requirement
//!
//! Looking at the bell again and again is running, not being blocked.

use std::thread;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    while !bell.is_set() {
        thread::yield_now();
    }
    thread::yield_now();
    bake(bell, buns);
}
