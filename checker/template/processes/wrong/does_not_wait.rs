//! verdict: wrong_output, cause: unjoined
//!
//! The number is read while the workers still add to it.

use std::io;

use mp::{Lock, Process, Value};

fn count(workers: u32) -> io::Result<u32> {
    let (number, lock) = (&Value::new(0), &Lock::new());
    for worker in 1..=workers {
        let job = move || {
            work(worker);
            let _held = lock.lock();
            add_one(number);
        };
        Process::new(job).start()?;
    }
    Ok(number.get())
}
