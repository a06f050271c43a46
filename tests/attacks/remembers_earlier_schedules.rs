//! attack: a file tells later schedules that there was an earlier one; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: earlier schedule

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let seen = fs::read_to_string("seen");
    fs::write("seen", "once").expect("can be written");
    seen.expect("there was an earlier schedule");
    Ok(())
}

// ---- given: edits below this line are ignored ----
