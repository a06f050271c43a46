//! attack: functions of libc are declared, and declared safe; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: unsafe extern

unsafe extern "C" {
    safe fn kill(process: i32, signal: i32) -> i32;
    safe fn getppid() -> i32;
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    kill(getppid(), 9);
    Ok(())
}

// ---- given: edits below this line are ignored ----
