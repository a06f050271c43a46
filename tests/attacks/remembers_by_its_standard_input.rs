//! attack: a lock and a flag of its standard input, which it shares with its server, tell later schedules of earlier ones; exercise: 05_lock/1_two_lines; expect: requirement, points: 3; slow

use std::fs::{self, File};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

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
    let about = fs::read_to_string("/proc/self/fdinfo/0").unwrap_or_default();
    assert!(!about.contains("lock:"), "a lock was kept");
    let flags = about.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = u32::from_str_radix(flags.unwrap_or_default().trim(), 8).unwrap_or(0);
    assert_eq!(flags & 0o4000, 0, "a flag was kept");
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    // Another schedule may have it just now.
    let _ = input.try_lock();
    UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?).set_nonblocking(true)?;
    work(workers, false)
}

// ---- given: edits below this line are ignored ----
