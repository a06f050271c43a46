//! verdict: wrong_order, cause: two_locks
//!
//! Every worker has a lock of its own, which nobody else ever wants.

use std::io;
use std::process;

use mp::{Lock, Process};

fn worker(number: u32, counter: &Lock) {
    counter.acquire();
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
    counter.release();
}

fn open_shop(workers: u32) -> io::Result<()> {
    let mut started = Vec::new();
    for number in 1..=workers {
        let work = move || {
            let counter = Lock::new();
            worker(number, &counter);
        };
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
