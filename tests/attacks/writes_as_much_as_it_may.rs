//! attack: each schedule writes as many bytes as there is room for; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let much = vec![1; 32 << 20];
    for number in 0..7 {
        fs::write(format!("file-{number}"), &much)?;
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
