//! verdict: livelock
//! line: 8
use std::sync::atomic::{AtomicBool, Ordering};

static LOCKED: AtomicBool = AtomicBool::new(false);

fn lock() {
    while LOCKED.swap(true, Ordering::Acquire) {}
}

fn main() {
    lock();
    lock();
}
