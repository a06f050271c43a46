//! attack: a file of the system becomes a part of the program; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: Permission denied

const PASSWORDS: &str = include_str!("/etc/passwd");
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    print!("{PASSWORDS}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
