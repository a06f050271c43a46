//! attack: the real std, which the scheduler does not see, is looked for; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

extern crate real;

use real::io;


fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
