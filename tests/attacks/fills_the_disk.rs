//! attack: file after file is filled, each no larger than a file may be; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0
//! message: fills the disk

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let much = vec![1; 32 << 20];
    for number in 0..100 {
        fs::write(format!("file-{number}"), &much).expect("can be written");
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
