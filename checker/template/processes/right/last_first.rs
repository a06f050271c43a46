//! verdict: passed
//!
//! The last worker starts first, and is waited for last.

use std::io;

use mp::{Lock, Process, Value};

fn count(workers: u32) -> io::Result<u32> {
    let (number, lock) = (&Value::new(0), &Lock::new());
    let mut started = Vec::new();
    for worker in (1..=workers).rev() {
        let job = move || {
            work(worker);
            let _held = lock.lock();
            add_one(number);
        };
        started.push(Process::new(job).start()?);
    }
    while let Some(child) = started.pop() {
        child.join();
    }
    Ok(number.get())
}
