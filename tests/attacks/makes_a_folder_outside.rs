//! attack: a folder is made outside; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    fs::create_dir("@OUTSIDE@/mine").expect("can be made");
    Ok(())
}

// ---- given: edits below this line are ignored ----
