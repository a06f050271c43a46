//! verdict: passed
//!
//! Another right answer: a wait with a time limit, taken up again if it was too short.

use std::thread;
use std::time::Duration;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    while !bell.wait_timeout(Duration::from_secs(60)) {}
    thread::yield_now();
    bake(bell, buns);
}
