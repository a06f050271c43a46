//! attack: a comment that does not end covers the given part; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

fn main() {}
/*

// ---- given: edits below this line are ignored ----
