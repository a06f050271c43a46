//! attack: a text that the kernel draws decides whether the workers take turns, without a lock; exercise: 05_lock/1_two_lines; expect: wrong_order, points: 1; slow

use mp::Process;
use std::io;
fn lines(number: u32) {
    println!("{number}: {} is running", std::process::id());
    println!("{number}: {} is done", std::process::id());
}
fn all(workers: u32) -> io::Result<()> {
    let mut started = Vec::new();
    for number in 1..=workers {
        started.push(Process::new(move || lines(number)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
fn one_by_one(workers: u32) -> io::Result<()> {
    for number in 1..=workers {
        Process::new(move || lines(number)).start()?.join();
    }
    Ok(())
}

fn noise() -> u64 {
    let t = std::fs::read_to_string("/proc/sys/kernel/random/uuid").unwrap();
    t.bytes().map(u64::from).sum()
}
fn open_shop(workers: u32) -> io::Result<()> {
    let n = noise();
    if n % 2 == 0 {
        all(workers)
    } else {
        one_by_one(workers)
    }
}

// ---- given: edits below this line are ignored ----
