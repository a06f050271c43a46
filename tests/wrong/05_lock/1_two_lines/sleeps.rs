//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Each worker sleeps until it should be its turn: sleeping longer is no promise about others.

use std::io;
use std::process;
use std::thread::sleep;
use std::time::Duration;

use mp::{Lock, Process};

fn worker(number: u32, _counter: &Lock) {
    sleep(Duration::from_secs(u64::from(number)));
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
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
