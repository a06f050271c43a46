//! verdict: requirement
//!
//! It bakes one bun after the other, and is blocked as often.

use std::thread;
use std::time::Duration;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    bell.wait();
    thread::yield_now();
    for _ in 1..buns {
        thread::sleep(Duration::from_millis(1));
    }
    bake(bell, buns);
}
