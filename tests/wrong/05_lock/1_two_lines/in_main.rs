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

// ---- given: edits below this line are ignored ----

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let workers = first.and_then(|text| text.parse().ok()).unwrap_or(5);
    open_shop(workers)?;
    println!("all {workers} workers have gone home");
    Ok(())
}
