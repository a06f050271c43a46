//! attack: each schedule prints nearly as much as a program may; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    for _ in 0..500 {
        println!("{}", "x".repeat(1000));
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
