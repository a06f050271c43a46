//! attack: a folder that nobody may open, in one that nobody may search, tells later schedules of earlier ones; exercise: 05_lock/1_two_lines; expect: requirement, points: 3

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;

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
    let first = fs::create_dir_all("outer/inner").is_ok();
    assert!(first, "it was kept");
    fs::write("outer/inner/file", "kept")?;
    for folder in ["outer/inner", "outer"] {
        File::open(folder)?.set_permissions(Permissions::from_mode(0o000))?;
    }
    work(workers, !first)
}

// ---- given: edits below this line are ignored ----
