//! attack: a file is written here and moved outside; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    fs::write("file", "hacked").expect("can be written");
    fs::rename("file", "@OUTSIDE@/canary").expect("can be moved");
    Ok(())
}

// ---- given: edits below this line are ignored ----
