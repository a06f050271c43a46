//! verdict: wrong_order, cause: not_atomic
//!
//! The lock is handed around, and nobody takes it.

use std::io;
use std::process;

use mp::{Lock, Process};

fn worker(number: u32, _counter: &Lock) {
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
