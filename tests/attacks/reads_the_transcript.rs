//! attack: the expected transcript is read and printed; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let file = "@COURSE@/solutions/snapshots/05_lock-1_two_lines@5.snap";
    let text = fs::read_to_string(file).expect("can be read");
    println!("{text}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
