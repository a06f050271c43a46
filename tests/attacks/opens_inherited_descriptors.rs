//! attack: what the program inherited is opened again by its number; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: nothing was inherited

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let mut opened = 0;
    for number in 3..64 {
        let path = format!("/proc/self/fd/{number}");
        opened += u32::from(fs::OpenOptions::new().write(true).open(path).is_ok());
    }
    assert_ne!(opened, 0, "nothing was inherited");
    Ok(())
}

// ---- given: edits below this line are ignored ----
