//! attack: a file outside is cut to nothing; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    fs::OpenOptions::new()
        .write(true)
        .truncate(true)
        .open("@OUTSIDE@/canary")
        .expect("can be opened");
    Ok(())
}

// ---- given: edits below this line are ignored ----
