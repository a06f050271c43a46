//! attack: a variable of whoever checks becomes a part of the program; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: environment variable `HOME` not defined

const HOME: &str = env!("HOME");
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{HOME}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
