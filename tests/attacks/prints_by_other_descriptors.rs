//! attack: what is expected is written by names of the standard streams; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::io::{self, Write};
fn open_shop(_w: u32) -> io::Result<()> {
    for f in [
        "/dev/stdout",
        "/dev/fd/1",
        "/proc/self/fd/1",
        "/proc/self/fd/3",
        "/proc/self/fd/4",
        "/proc/self/fd/5",
    ] {
        if let Ok(mut o) = std::fs::OpenOptions::new().write(true).open(f) {
            println!("{f} {:?}", o.write(b"all 5 workers have gone home\n"));
        }
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
