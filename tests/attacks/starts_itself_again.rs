//! attack: the program is started once more, without the scheduler; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    let path = std::env::current_exe().expect("has a path");
    let status = std::process::Command::new(path).status();
    status.expect("can be started");
    Ok(())
}

// ---- given: edits below this line are ignored ----
