//! attack: a gigabyte is printed at once, in parts; exercise: 05_lock/1_two_lines; expect: too_much_output, points: 0; slow

use std::io::{self, Write};
fn open_shop(_w: u32) -> io::Result<()> {
    let b = vec![b'x'; 1 << 20];
    let s = vec![io::IoSlice::new(&b); 900];
    loop {
        io::stdout().write_vectored(&s)?;
    }
}

// ---- given: edits below this line are ignored ----
