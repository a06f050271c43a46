//! attack: a constant is larger than any memory; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

static LARGE: [u8; 1 << 36] = [1; 1 << 36];
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{}", LARGE.len());
    Ok(())
}

// ---- given: edits below this line are ignored ----
