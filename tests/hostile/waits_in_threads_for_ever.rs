//! verdict: livelock
//! message: repeat the same steps for ever
//! schedules: 3
//!
//! Two threads look again and again for what the other never does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

static DONE: [AtomicBool; 2] = [AtomicBool::new(false), AtomicBool::new(false)];

fn wait_for(other: usize) {
    while !DONE[other].load(Ordering::SeqCst) {
        thread::yield_now();
    }
}

fn attack() {
    let other = thread::spawn(|| {
        wait_for(0);
        DONE[1].store(true, Ordering::SeqCst);
    });
    wait_for(1);
    DONE[0].store(true, Ordering::SeqCst);
    other.join().expect("does not panic");
}
