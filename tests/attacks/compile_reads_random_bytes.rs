//! attack: a file without end is included at compile time; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow
//! message: gave up

use std::io;
const A: &[u8] = include_bytes!("/dev/urandom");
fn open_shop(_w: u32) -> io::Result<()> {
    println!("{}", A.len());
    Ok(())
}

// ---- given: edits below this line are ignored ----
