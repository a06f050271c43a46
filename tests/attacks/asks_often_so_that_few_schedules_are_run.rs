//! attack: each schedule passes ten thousands of points, so that there is no work left for those in which a lock is missed; exercise: 05_lock/1_two_lines; expect: wrong_order, points: 0

use std::io;

use mp::{Process, Value};

/// Without a lock.
fn work(workers: u32) -> io::Result<()> {
    let start = |number: u32| {
        Process::new(move || {
            println!("{number}: {} is running", std::process::id());
            println!("{number}: {} is done", std::process::id());
        })
        .start()
    };
    let started: Vec<_> = (1..=workers).map(start).collect::<Result<_, _>>()?;
    for child in &started {
        child.join();
    }
    Ok(())
}

fn open_shop(workers: u32) -> io::Result<()> {
    let count = Value::new(0_u32);
    for _ in 0..45_000 {
        count.set(count.get() + 1);
    }
    work(workers)
}

// ---- given: edits below this line are ignored ----
