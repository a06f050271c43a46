//! attack: a function is exported as the program's main; exercise: 05_lock/1_two_lines; expect: not_allowed, points: 0
//! message: unsafe(..)

#[unsafe(export_name = "main")]
pub extern "C" fn instead() -> i32 {
    0
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
