//! attack: a static is larger than the memory; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow
//! message: memory

use std::io;
static BIG: [u8; 3 << 30] = [1; 3 << 30];
fn open_shop(w: u32) -> io::Result<()> {
    println!("{}", BIG[w as usize]);
    Ok(())
}

// ---- given: edits below this line are ignored ----
