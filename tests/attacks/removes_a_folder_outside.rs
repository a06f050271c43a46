//! attack: an empty folder beside the program's own is removed; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    fs::remove_dir("@OUTSIDE@/empty").expect("can be removed");
    Ok(())
}

// ---- given: edits below this line are ignored ----
