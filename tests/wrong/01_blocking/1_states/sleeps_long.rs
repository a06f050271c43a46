//! verdict: requirement
//!
//! A long sleep is blocked on the clock once more than was asked for; and who can know how long?

use std::thread;
use std::time::Duration;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    thread::sleep(Duration::from_secs(1));
    bell.wait();
    thread::yield_now();
    bake(bell, buns);
}
