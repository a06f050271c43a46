//! verdict: requirement
//!
//! The lock is held while a worker works, too: the others wait for that.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

fn count(workers: u32) -> u32 {
    let (number, lock) = (&AtomicU32::new(0), &Mutex::new(()));
    thread::scope(|scope| {
        for worker in 1..=workers {
            scope.spawn(move || {
                let _held = lock.lock();
                work(worker);
                add_one(number);
            });
        }
    });
    number.load(Ordering::SeqCst)
}
