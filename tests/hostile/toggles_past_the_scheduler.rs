//! verdict: passed
//! schedules: 3
//!
//! A thread turns a flag on and off that the scheduler does not see. Where the two threads take
//! turns, main always looks when it is off, and all states recur; in another order it would go on.
//! So this must not be called a livelock.

use core::sync::atomic::{AtomicBool, Ordering};
use std::thread;

static FLAG: AtomicBool = AtomicBool::new(false);

fn attack() {
    thread::spawn(|| {
        loop {
            FLAG.store(true, Ordering::SeqCst);
            thread::yield_now();
            FLAG.store(false, Ordering::SeqCst);
            thread::yield_now();
        }
    });
    while !FLAG.load(Ordering::SeqCst) {
        thread::yield_now();
        thread::yield_now();
    }
}
