//! verdict: requirement
//!
//! The lock is held while a worker works, too: the others wait for that.

use std::io;

use mp::{Lock, Process, Value};

fn count(workers: u32) -> io::Result<u32> {
    let (number, lock) = (&Value::new(0), &Lock::new());
    let mut started = Vec::new();
    for worker in 1..=workers {
        let job = move || {
            let _held = lock.lock();
            work(worker);
            add_one(number);
        };
        started.push(Process::new(job).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(number.get())
}
