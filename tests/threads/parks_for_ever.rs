//! verdict: deadlock
//! message: main waits for somebody to unpark it
//! line: 12
//!
//! The thread that was to unpark main unparks itself.

use std::thread;

fn run() {
    let other = thread::spawn(|| thread::current().unpark());
    other.join().expect("no panic");
    thread::park();
}
