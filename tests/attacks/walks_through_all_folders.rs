//! attack: all folders of the machine are gone through; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow

use std::{fs, io};
fn walk(p: &std::path::Path, d: u32, n: &mut u64) {
    if d > 12 {
        return;
    }
    if let Ok(r) = fs::read_dir(p) {
        for e in r.flatten() {
            *n += 1;
            let _ = e.metadata();
            walk(&e.path(), d + 1, n);
        }
    }
}
fn open_shop(_w: u32) -> io::Result<()> {
    let mut n = 0;
    for process in 1..40_000 {
        walk(format!("/proc/{process}").as_ref(), 0, &mut n);
    }
    walk("/".as_ref(), 0, &mut n);
    panic!("{n}")
}

// ---- given: edits below this line are ignored ----
