//! attack: how the compiler was called is read at compile time; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow
//! message: permission denied

use std::io;
const A: &[u8] = include_bytes!("/proc/self/cmdline");
const B: &[u8] = include_bytes!("/proc/self/maps");
fn open_shop(_w: u32) -> io::Result<()> {
    println!("{}", String::from_utf8_lossy(A));
    println!("{}", String::from_utf8_lossy(B));
    Ok(())
}

// ---- given: edits below this line are ignored ----
