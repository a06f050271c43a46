//! verdict: wrong_output
//!
//! There are no processes: main does it all.

use std::io;

use mp::Value;

fn count(workers: u32) -> io::Result<u32> {
    let number = Value::new(0);
    for worker in 1..=workers {
        work(worker);
        add_one(&number);
    }
    Ok(number.get())
}
