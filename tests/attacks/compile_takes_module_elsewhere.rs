//! attack: a module inside of a function is read from the solution; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    #[path = "@COURSE@/solutions/05_lock/1_two_lines.rs"]
    mod theirs;
    Ok(())
}

// ---- given: edits below this line are ignored ----
