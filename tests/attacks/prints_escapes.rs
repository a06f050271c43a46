//! attack: what is printed rewrites the terminal; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("\u{1b}[2J\u{1b}[H\u{1b}]0;passed\u{7}\u{1b}[32mpassed\u{1b}[0m\r4 of 4 points\u{9b}2J");
    Ok(())
}

// ---- given: edits below this line are ignored ----
