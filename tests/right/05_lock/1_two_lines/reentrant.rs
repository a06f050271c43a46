//! verdict: passed
//!
//! Another right answer: a lock that its holder may take again, inside another function.

use std::io;
use std::process;

use mp::{Process, RLock};

fn say(number: u32, state: &str, counter: &RLock) {
    counter.acquire();
    println!("{number}: {} is {state}", process::id());
    counter.release();
}

fn worker(number: u32, counter: &RLock) {
    counter.acquire();
    say(number, "running", counter);
    say(number, "done", counter);
    counter.release();
}

fn open_shop(workers: u32) -> io::Result<()> {
    let counter = &RLock::new();
    let mut started = Vec::new();
    for number in 1..=workers {
        started.push(Process::new(move || worker(number, counter)).start()?);
    }
    while let Some(child) = started.pop() {
        child.join();
    }
    Ok(())
}
