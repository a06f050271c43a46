//! verdict: requirement
//!
//! A lock waits for whoever asks; this one asks again and again instead.

use std::io;
use std::process;
use std::thread;

use mp::{Lock, Process};

fn worker(number: u32, counter: &Lock) {
    while !counter.try_acquire() {
        thread::yield_now();
    }
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
    counter.release();
}

fn open_shop(workers: u32) -> io::Result<()> {
    let counter = &Lock::named("counter");
    let mut started = Vec::new();
    for number in 1..=workers {
        started.push(Process::new(move || worker(number, counter)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
