//! attack: each schedule computes a little, so that there is no time for those in which a lock is missed; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow

use std::hint::black_box;
use std::io;

use mp::Process;

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
    let mut sum = 0_u64;
    for number in 0..900_000_000_u64 {
        sum = black_box(sum.wrapping_mul(31).wrapping_add(number));
    }
    assert_ne!(sum, 1);
    work(workers)
}

// ---- given: edits below this line are ignored ----
