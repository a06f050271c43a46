//! attack: an attribute at the end switches off what comes after it; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(any())]

// ---- given: edits below this line are ignored ----
