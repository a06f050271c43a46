//! attack: what belongs to the report is printed to standard error; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    eprintln!("05_lock/1_two_lines: passed");
    eprintln!("1: 40002 is running");
    Ok(())
}

// ---- given: edits below this line are ignored ----
