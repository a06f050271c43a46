//! attack: each process starts another one, as deep as it goes; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow

use std::io;
fn nest(d: u32) {
    let p = mp::Process::new(move || nest(d + 1)).start();
    if let Ok(p) = p {
        p.join();
    }
}
fn open_shop(_w: u32) -> io::Result<()> {
    nest(0);
    Ok(())
}

// ---- given: edits below this line are ignored ----
