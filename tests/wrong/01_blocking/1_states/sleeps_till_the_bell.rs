//! verdict: wrong_output
//!
//! It sleeps for a while that only seems long enough, instead of waiting for the bell.

use std::thread;
use std::time::Duration;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    thread::sleep(Duration::from_millis(50));
    thread::yield_now();
    bake(bell, buns);
}
