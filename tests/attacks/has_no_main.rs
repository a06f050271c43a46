//! attack: an attribute of the whole program says that there is no main; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

#![no_main]

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
