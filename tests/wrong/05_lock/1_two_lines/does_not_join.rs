//! verdict: leak, cause: unjoined
//!
//! Counts the workers who are done, and joins nobody.

use std::io;
use std::process;

use mp::{Lock, Process};

fn worker(number: u32, counter: &Lock) {
    let _held = counter.lock();
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
}

fn open_shop(workers: u32) -> io::Result<()> {
    let counter = &Lock::new();
    let done = &mp::Semaphore::new(0);
    for number in 1..=workers {
        Process::new(move || {
            worker(number, counter);
            done.release();
        })
        .start()?;
    }
    for _ in 0..workers {
        done.acquire();
    }
    Ok(())
}
