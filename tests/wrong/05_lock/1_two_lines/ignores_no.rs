//! verdict: wrong_order, cause: not_atomic
//!
//! `try_acquire` may say no, and then the two lines are printed all the same.

use std::io;
use std::process;

use mp::{Lock, Process};

fn worker(number: u32, counter: &Lock) {
    let held = counter.try_acquire();
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
    if held {
        counter.release();
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
