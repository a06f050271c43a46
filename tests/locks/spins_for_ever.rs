//! verdict: livelock
//! line: 8
use std::sync::atomic::{AtomicBool, Ordering};

fn main() {
    let flag = AtomicBool::new(false);
    while !flag.load(Ordering::Acquire) {
        std::hint::spin_loop();
    }
}
