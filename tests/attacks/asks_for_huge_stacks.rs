//! attack: threads ask for stacks of all memory; exercise: 05_lock/1_two_lines; expect: panic, points: 0; slow
//! message: false false

use std::io;
fn open_shop(_w: u32) -> io::Result<()> {
    let r = std::thread::Builder::new().stack_size(1 << 46).spawn(|| {});
    let s = std::thread::Builder::new()
        .stack_size(usize::MAX)
        .spawn(|| {});
    let mut n = 0;
    while let Ok(t) = std::thread::Builder::new()
        .stack_size(1 << 30)
        .spawn(|| std::thread::park())
    {
        std::mem::forget(t);
        n += 1;
        if n > 5000 {
            break;
        }
    }
    panic!("{} {} {n}", r.is_ok(), s.is_ok());
}

// ---- given: edits below this line are ignored ----
