//! attack: a file is left in the home folder; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    fs::write("@HOME@/.profile", "hacked").expect("can be written");
    Ok(())
}

// ---- given: edits below this line are ignored ----
