//! attack: a function takes the place of one of libc; exercise: 05_lock/1_two_lines; expect: not_allowed, points: 0

#[unsafe(no_mangle)]
pub extern "C" fn getpid() -> i32 {
    40_001
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
