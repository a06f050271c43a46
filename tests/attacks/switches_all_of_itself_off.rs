//! attack: its whole part is switched off, and what is appended to it; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow

#![cfg(any())]
use std::io;
fn open_shop(_w: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
