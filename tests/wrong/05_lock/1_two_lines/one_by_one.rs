//! verdict: requirement
//!
//! A cheat: the next worker is not started before the last has gone home, so nobody meets.

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
    for number in 1..=workers {
        Process::new(move || worker(number, counter))
            .start()?
            .join();
    }
    Ok(())
}
