//! attack: the descriptors of whoever checks are opened again; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: nothing can be opened

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let files = fs::read_dir("/proc/@PID@/fd").into_iter().flatten();
    let opened = files.flatten().filter(|file| fs::File::open(file.path()).is_ok());
    assert_ne!(opened.count(), 0, "nothing can be opened");
    Ok(())
}

// ---- given: edits below this line are ignored ----
