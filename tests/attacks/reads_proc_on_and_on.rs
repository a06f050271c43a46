//! attack: texts of the kernel are read again and again; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::{fs, io};
fn open_shop(_w: u32) -> io::Result<()> {
    for _ in 0..3000 {
        for f in [
            "/proc/self/smaps_rollup",
            "/proc/self/mountinfo",
            "/proc/meminfo",
            "/proc/cpuinfo",
        ] {
            let _ = fs::read(f);
        }
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
