//! verdict: wrong_output
//!
//! The baker never waits for the bell.

use std::thread;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    thread::yield_now();
    bake(bell, buns);
}
