//! verdict: deadlock, cause: never_released
//!
//! The first worker goes home with the lock: the others wait for it for ever.

use std::io;
use std::process;

use mp::{Lock, Process};

fn worker(number: u32, counter: &Lock) {
    counter.acquire();
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
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
