//! attack: a file without an end is included as text; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

use std::io;

static ZEROES: &[u8] = include_bytes!("/dev/zero");

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{}", ZEROES.len());
    Ok(())
}

// ---- given: edits below this line are ignored ----
