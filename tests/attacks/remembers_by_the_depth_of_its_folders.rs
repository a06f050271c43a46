//! attack: folders nested deeper than any path tell later schedules of earlier ones; exercise: 05_lock/1_two_lines; expect: requirement, points: 3

use std::{env, fs, io};

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
    assert!(fs::read_dir(".")?.next().is_none(), "they were kept");
    let name = "nested".repeat(40);
    for _ in 0..40 {
        fs::create_dir(&name)?;
        env::set_current_dir(&name)?;
    }
    work(workers, false)
}

// ---- given: edits below this line are ignored ----
