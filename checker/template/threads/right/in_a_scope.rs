//! verdict: passed
//!
//! A scope waits for its threads, which may borrow.

use std::sync::Mutex;
use std::sync::atomic::AtomicU32;
use std::thread;

fn count(workers: u32) -> u32 {
    let (number, lock) = (&AtomicU32::new(0), &Mutex::new(()));
    thread::scope(|scope| {
        for worker in 1..=workers {
            scope.spawn(move || {
                work(worker);
                let _held = lock.lock();
                add_one(number);
            });
        }
    });
    number.load(std::sync::atomic::Ordering::SeqCst)
}
