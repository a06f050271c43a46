//! verdict: requirement
//!
//! The lines are right, and nothing was baked.

use std::thread;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    bell.wait();
    thread::yield_now();
    println!("{buns} buns come into the oven after the bell");
    println!("{buns} buns are done");
}
