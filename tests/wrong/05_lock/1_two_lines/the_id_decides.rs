//! verdict: requirement
//!
//! One worker after the other, in an order that the process id decides, as the system has it.

use std::fs;
use std::io;
use std::process;

use mp::{Lock, Process};

fn worker(number: u32, counter: &Lock) {
    let _held = counter.lock();
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
}

fn open_shop(workers: u32) -> io::Result<()> {
    let counter = &Lock::named("counter");
    let child = Process::new(|| {
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let id = stat.split(' ').next().and_then(|id| id.parse::<i32>().ok());
        process::exit(id.unwrap_or(0) / 4 % 2);
    });
    let heads = child.start()?.join() == 1;
    for nth in 1..=workers {
        let number = if heads { nth } else { workers + 1 - nth };
        Process::new(move || worker(number, counter))
            .start()?
            .join();
    }
    Ok(())
}
