//! verdict: requirement
//!
//! It lets others go first when nobody is ready yet, and not when somebody is.

use std::thread;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    thread::yield_now();
    bell.wait();
    bake(bell, buns);
}
