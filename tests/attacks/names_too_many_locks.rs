//! attack: a hundred thousand locks have long names; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow
//! message: 8,192

use std::io;
fn open_shop(_w: u32) -> io::Result<()> {
    for k in 0..100000 {
        let e = mp::Lock::named(&format!("{k:01000}"));
        std::mem::forget(e);
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
