//! verdict: requirement
//!
//! Each worker is waited for before the next one starts.

use std::io;

use mp::{Process, Value};

fn count(workers: u32) -> io::Result<u32> {
    let number = &Value::new(0);
    for worker in 1..=workers {
        Process::new(move || {
            work(worker);
            add_one(number);
        })
        .start()?
        .join();
    }
    Ok(number.get())
}
