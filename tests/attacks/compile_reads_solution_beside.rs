//! attack: the solution becomes a part of the program, by its path from where programs are compiled; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: Permission denied

const SOLUTION: &str = include_str!("../../../../solutions/05_lock/1_two_lines.rs");
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{SOLUTION}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
