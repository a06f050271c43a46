//! attack: a file outside gets a name in the program's folder; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: cross-device link

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    fs::hard_link("@OUTSIDE@/canary", "mine").expect("can be made");
    fs::write("mine", "hacked").expect("can be written");
    Ok(())
}

// ---- given: edits below this line are ignored ----
