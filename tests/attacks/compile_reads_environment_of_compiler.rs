//! attack: the compiler's environment becomes a part of the program; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: Permission denied

const SECRETS: &[u8] = include_bytes!("/proc/self/environ");
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{}", SECRETS.len());
    Ok(())
}

// ---- given: edits below this line are ignored ----
