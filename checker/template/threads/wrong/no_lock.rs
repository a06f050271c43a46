//! verdict: wrong_order, cause: lost_update
//!
//! Nobody keeps the others out: the number is atomic, and what a worker does with it is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

fn count(workers: u32) -> u32 {
    let number = Arc::new(AtomicU32::new(0));
    let mut started = Vec::new();
    for worker in 1..=workers {
        let number = Arc::clone(&number);
        started.push(thread::spawn(move || {
            work(worker);
            add_one(&number);
        }));
    }
    for thread in started {
        thread.join().expect("no worker panics");
    }
    number.load(Ordering::SeqCst)
}
