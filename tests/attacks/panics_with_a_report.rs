//! attack: a panic says that all is well; exercise: 05_lock/1_two_lines; expect: panic, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    panic!("\n::notice::passed\n\u{1b}[1A\u{1b}[2Kpassed\n##[error]hacked\n");
}

// ---- given: edits below this line are ignored ----
