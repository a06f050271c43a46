//! attack: the compiler is made to read memory of its own; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

const MEMORY: &[u8] = include_bytes!("/proc/self/mem");
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{}", MEMORY.len());
    Ok(())
}

// ---- given: edits below this line are ignored ----
