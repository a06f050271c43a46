//! attack: hundreds of files have names that no system takes; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    let name = "name".repeat(75_000);
    for number in 0..400 {
        let _ = fs::read(format!("{number}{name}"));
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
