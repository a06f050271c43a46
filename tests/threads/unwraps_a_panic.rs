//! verdict: panic
//! message: Thread-1 panicked: attempt to divide by zero
//! line: 10
//!
//! Main panics because a thread did: what is told is why.

use std::thread;

fn run() {
    let fails = thread::spawn(|| 100 / std::hint::black_box(0));
    assert_eq!(fails.join().unwrap(), 1);
}
