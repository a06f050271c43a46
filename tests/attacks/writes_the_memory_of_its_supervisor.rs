//! attack: memory of the process that supervises is written by its file; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let stat = fs::read_to_string("/proc/self/stat").expect("can be read");
    // The second field behind the name, which is in parentheses.
    let fields = stat.rsplit(')').next().expect("has fields");
    let parent = fields.split_whitespace().nth(1).expect("has a parent");
    let path = format!("/proc/{parent}/mem");
    fs::OpenOptions::new().write(true).open(path).expect("can be opened");
    Ok(())
}

// ---- given: edits below this line are ignored ----
