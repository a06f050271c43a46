//! verdict: requirement
//!
//! Threads instead of processes.

use std::io;
use std::process;
use std::thread;

use mp::Lock;

fn worker(number: u32, counter: &Lock) {
    let _held = counter.lock();
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
}

fn open_shop(workers: u32) -> io::Result<()> {
    let counter = &Lock::new();
    thread::scope(|scope| {
        for number in 1..=workers {
            scope.spawn(move || worker(number, counter));
        }
    });
    Ok(())
}
