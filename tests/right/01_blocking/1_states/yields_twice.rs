//! verdict: passed
//!
//! The second time there is nobody who could go first: the baker goes on running.

use std::thread;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    bell.wait();
    thread::yield_now();
    thread::yield_now();
    bake(bell, buns);
}
