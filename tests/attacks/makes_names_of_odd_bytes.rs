//! attack: files and folders have names that are no text, and links lead in circles; exercise: 05_lock/1_two_lines; expect: deadlock, points: 0; slow

use std::{ffi::OsStr, fs, io, os::unix::ffi::OsStrExt};
fn open_shop(_w: u32) -> io::Result<()> {
    for k in 1..=255u8 {
        if k != b'/' {
            let n = [b'a', k, k, 0xff, 0xfe];
            fs::write(OsStr::from_bytes(&n), "x")?;
            fs::create_dir(OsStr::from_bytes(&[b'-', k, b'\n', 0xc0]))?;
        }
    }
    std::os::unix::fs::symlink("loop", "loop")?;
    std::os::unix::fs::symlink(".", "here")?;
    std::os::unix::fs::symlink("/", "root")?;
    fs::hard_link("a\u{1}\u{1}", "hl").ok();
    let d = fs::File::open(".")?;
    d.lock()?;
    std::mem::forget(d);
    mp::Event::new().wait();
    Ok(())
}

// ---- given: edits below this line are ignored ----
