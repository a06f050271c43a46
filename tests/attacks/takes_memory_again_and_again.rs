//! attack: each schedule touches nearly all memory that a program may have; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::hint::black_box;
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    for _ in 0..5 {
        black_box(vec![1_u8; 900 << 20]);
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
