//! attack: its own folder keeps room for the names that were in it, which tells later schedules of earlier ones; exercise: 05_lock/1_two_lines; expect: requirement, points: 3; slow

use std::fs::{self, File};
use std::io;

use mp::Process;

/// Without a lock, and in another order wherever something says that there was a schedule before.
fn work(workers: u32, turned: bool) -> io::Result<()> {
    let mut numbers: Vec<u32> = (1..=workers).collect();
    if turned {
        numbers.reverse();
    }
    for number in numbers {
        let child = Process::new(move || {
            println!("{number}: {} is running", std::process::id());
            println!("{number}: {} is done", std::process::id());
        });
        child.start()?.join();
    }
    Ok(())
}

fn open_shop(workers: u32) -> io::Result<()> {
    // A page or less for a folder that is new.
    assert!(fs::metadata(".")?.len() <= 4096, "its size was kept");
    for number in 0..60 {
        File::create(format!("{number:0240}"))?;
    }
    work(workers, false)
}

// ---- given: edits below this line are ignored ----
