//! attack: the owner of a file outside is changed; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: not permitted

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    std::os::unix::fs::chown("@OUTSIDE@/canary", Some(1), Some(1)).expect("can be changed");
    Ok(())
}

// ---- given: edits below this line are ignored ----
