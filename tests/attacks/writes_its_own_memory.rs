//! attack: memory is written by its file; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    use std::os::unix::fs::FileExt;
    let memory = fs::OpenOptions::new().write(true).open("/proc/self/mem");
    let memory = memory.expect("can be opened");
    memory.write_at(&[0; 1 << 16], 0x2000_0000_0000).expect("can be written");
    Ok(())
}

// ---- given: edits below this line are ignored ----
