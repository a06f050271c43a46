//! attack: a link in the program's folder leads outside; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    std::os::unix::fs::symlink("@OUTSIDE@/canary", "link").expect("can be made");
    fs::write("link", "hacked").expect("can be written");
    Ok(())
}

// ---- given: edits below this line are ignored ----
