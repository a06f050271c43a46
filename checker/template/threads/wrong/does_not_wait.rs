//! verdict: wrong_output
//!
//! The number is read while the workers still add to it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

fn count(workers: u32) -> u32 {
    let (number, lock) = (Arc::new(AtomicU32::new(0)), Arc::new(Mutex::new(())));
    for worker in 1..=workers {
        let (number, lock) = (Arc::clone(&number), Arc::clone(&lock));
        thread::spawn(move || {
            work(worker);
            let _held = lock.lock();
            add_one(&number);
        });
    }
    number.load(Ordering::SeqCst)
}
