//! attack: machine code in a function that the compiler takes for safe; exercise: 05_lock/1_two_lines; expect: not_allowed, points: 0

#[unsafe(naked)]
extern "C" fn any_code() {
    std::arch::naked_asm!("ud2")
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    any_code();
    Ok(())
}

// ---- given: edits below this line are ignored ----
