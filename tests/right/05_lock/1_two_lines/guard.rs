//! verdict: passed
//!
//! Another right answer: a guard, the last worker first, and iterators.

use std::io;
use std::process;

use mp::{Child, Lock, Process};

fn worker(number: u32, counter: &Lock) {
    let _held = counter.lock();
    for state in ["running", "done"] {
        println!("{number}: {} is {state}", process::id());
    }
}

fn open_shop(workers: u32) -> io::Result<()> {
    let counter = Lock::new();
    let started: Vec<Child> = (1..=workers)
        .rev()
        .map(|number| Process::new(|| worker(number, &counter)).start())
        .collect::<io::Result<_>>()?;
    for child in started {
        child.join();
    }
    Ok(())
}
