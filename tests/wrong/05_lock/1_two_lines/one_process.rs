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

// ---- given: edits below this line are ignored ----

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let workers = first.and_then(|text| text.parse().ok()).unwrap_or(5);
    open_shop(workers)?;
    println!("all {workers} workers have gone home");
    Ok(())
}
