//! verdict: requirement
//!
//! A cheat: one process prints the lines of all workers.

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
    let all = || (1..=workers).for_each(|number| worker(number, counter));
    Process::new(all).start()?.join();
    Ok(())
}
