//! verdict: wrong_output
//!
//! Bakes whole trays of three only: with 3 or 12 buns nobody sees it.

use std::thread;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    bell.wait();
    thread::yield_now();
    bake(bell, buns / 3 * 3);
}
