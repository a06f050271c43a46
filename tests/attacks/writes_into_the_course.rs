//! attack: the expected transcript is replaced; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let file = "@COURSE@/solutions/snapshots/05_lock-1_two_lines@5.snap";
    fs::write(file, "").expect("can be written");
    Ok(())
}

// ---- given: edits below this line are ignored ----
