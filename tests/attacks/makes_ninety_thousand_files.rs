//! attack: each schedule makes as many files as there are points; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    for number in 0..90_000 {
        fs::File::create(format!("file-{number}"))?;
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
