//! attack: the way out leads over the program's own folder; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    std::env::set_current_dir("..").expect("can be entered");
    for entry in fs::read_dir(".").expect("can be read").flatten() {
        println!("{}", entry.path().display());
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
