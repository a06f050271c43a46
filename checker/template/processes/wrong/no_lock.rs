//! verdict: wrong_order, cause: lost_update
//!
//! Nobody keeps the others out.

use std::io;

use mp::{Process, Value};

fn count(workers: u32) -> io::Result<u32> {
    let number = &Value::new(0);
    let mut started = Vec::new();
    for worker in 1..=workers {
        started.push(
            Process::new(move || {
                work(worker);
                add_one(number);
            })
            .start()?,
        );
    }
    for child in &started {
        child.join();
    }
    Ok(number.get())
}
