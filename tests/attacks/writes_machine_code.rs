//! attack: machine code between the functions; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: global_asm

std::arch::global_asm!(".globl open_sesame", "open_sesame:", "ret");
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
