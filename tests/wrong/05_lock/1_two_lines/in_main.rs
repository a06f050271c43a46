//! verdict: wrong_output
//!
//! A cheat: main prints the lines of all workers.

use std::io;
use std::process;

fn worker(number: u32) {
    println!("{number}: {} is running", process::id());
    println!("{number}: {} is done", process::id());
}

fn open_shop(workers: u32) -> io::Result<()> {
    (1..=workers).for_each(worker);
    Ok(())
}
