//! verdict: wrong_output
//!
//! Starts a worker, and asks only then whether that was the last: one also where there is none.

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
    let mut started = vec![Process::new(|| worker(1, counter)).start()?];
    for number in 2..=workers {
        started.push(Process::new(move || worker(number, counter)).start()?);
    }
    started.iter().for_each(|child| drop(child.join()));
    Ok(())
}
