//! verdict: passed
//!
//! Asking again and again whether a thread is finished ends when it is.

use std::thread;
use std::time::Duration;

fn run() {
    let sleeper = thread::spawn(|| thread::sleep(Duration::from_secs(5)));
    while !sleeper.is_finished() {
        thread::yield_now();
    }
    sleeper.join().expect("no panic");
}
