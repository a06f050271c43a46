//! verdict: passed
//!
//! The last worker starts first, and is waited for last; who holds the number has the lock.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

fn count(workers: u32) -> u32 {
    let number = Arc::new(Mutex::new(AtomicU32::new(0)));
    let mut started = Vec::new();
    for worker in (1..=workers).rev() {
        let number = Arc::clone(&number);
        started.push(thread::spawn(move || {
            work(worker);
            add_one(&number.lock().expect("no worker panics"));
        }));
    }
    while let Some(thread) = started.pop() {
        thread.join().expect("no worker panics");
    }
    number
        .lock()
        .expect("no worker panics")
        .load(Ordering::SeqCst)
}
