//! verdict: wrong_order
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

// ---- given: edits below this line are ignored ----

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let workers = first.and_then(|text| text.parse().ok()).unwrap_or(5);
    open_shop(workers)?;
    println!("all {workers} workers have gone home");
    Ok(())
}
