//! attack: a file of the system is read; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{}", fs::read_to_string("/etc/passwd").expect("can be read"));
    Ok(())
}

// ---- given: edits below this line are ignored ----
