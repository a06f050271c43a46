//! verdict: wrong_output
//!
//! There are no threads: main does it all.

use std::sync::atomic::{AtomicU32, Ordering};

fn count(workers: u32) -> u32 {
    let number = AtomicU32::new(0);
    for worker in 1..=workers {
        work(worker);
        add_one(&number);
    }
    number.load(Ordering::SeqCst)
}
