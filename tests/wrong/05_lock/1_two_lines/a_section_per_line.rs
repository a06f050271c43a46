//! verdict: wrong_order, cause: not_atomic
//!
//! Each line is a critical section for itself: between the two the lock is free.

use std::io;
use std::process;

use mp::{Lock, Process};

fn worker(number: u32, counter: &Lock) {
    for state in ["running", "done"] {
        let _held = counter.lock();
        println!("{number}: {} is {state}", process::id());
    }
}

fn open_shop(workers: u32) -> io::Result<()> {
    let counter = &Lock::new();
    let mut started = Vec::new();
    for number in 1..=workers {
        started.push(Process::new(move || worker(number, counter)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
