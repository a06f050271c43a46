//! attack: its own folder's rights and times tell later schedules of earlier ones; exercise: 05_lock/1_two_lines; expect: requirement, points: 3

use std::fs::{self, File, FileTimes, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, SystemTime};

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
    let before = fs::metadata(".")?;
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_007);
    assert_ne!(before.modified()?, then, "a time was kept");
    assert_eq!(before.permissions().mode() & 0o7777, 0o700, "rights were kept");
    let folder = File::open(".")?;
    folder.set_times(FileTimes::new().set_modified(then))?;
    folder.set_permissions(Permissions::from_mode(0o1711))?;
    work(workers, false)
}

// ---- given: edits below this line are ignored ----
