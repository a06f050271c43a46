//! verdict: passed
//!
//! It tries twice, and then waits: to ask twice is not to ask again and again.

use std::io;
use std::process;
use std::thread;

use mp::{Lock, Process};

fn acquire(counter: &Lock) {
    for _ in 0..2 {
        if counter.try_acquire() {
            return;
        }
        thread::yield_now();
    }
    counter.acquire();
}

fn worker(number: u32, counter: &Lock) {
    acquire(counter);
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
    counter.release();
}

fn open_shop(workers: u32) -> io::Result<()> {
    let counter = &Lock::named("counter");
    let mut started = Vec::new();
    for number in 1..=workers {
        started.push(Process::new(move || worker(number, counter)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
