//! attack: each schedule writes a file anew, hundreds of times; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let much = vec![1; 16 << 20];
    for _ in 0..200 {
        fs::write("file", &much)?;
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
