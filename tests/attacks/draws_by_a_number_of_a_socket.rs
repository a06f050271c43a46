//! attack: the number of a new socket decides whether the workers take turns, without a lock; exercise: 05_lock/1_two_lines; expect: wrong_order, points: 1; slow

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
    let (a, _b) = std::os::unix::net::UnixStream::pair().unwrap();
    let l = std::fs::read_link(format!(
        "/proc/self/fd/{}",
        std::os::fd::AsRawFd::as_raw_fd(&a)
    ))
    .unwrap();
    l.to_str().unwrap().bytes().map(u64::from).sum()
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
