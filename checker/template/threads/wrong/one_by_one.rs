//! verdict: requirement
//!
//! Each worker is waited for before the next one starts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

fn count(workers: u32) -> u32 {
    let number = Arc::new(AtomicU32::new(0));
    for worker in 1..=workers {
        let number = Arc::clone(&number);
        let started = thread::spawn(move || {
            work(worker);
            add_one(&number);
        });
        started.join().expect("no worker panics");
    }
    number.load(Ordering::SeqCst)
}
