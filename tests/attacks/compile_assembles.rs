//! attack: assembler puts a function into what runs before main; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow
//! message: global_asm

use std::io;
core::arch::global_asm!(".section .init_array", ".quad 0");
fn open_shop(_w: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
