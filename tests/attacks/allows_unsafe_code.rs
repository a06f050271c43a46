//! attack: the ban on unsafe code is lifted where it is in the way; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

#[allow(unsafe_code)]
fn segment() -> &'static mut [u8] {
    unsafe { std::slice::from_raw_parts_mut(0x2000_0000_0000 as *mut u8, 1 << 20) }
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    segment().fill(0);
    Ok(())
}

// ---- given: edits below this line are ignored ----
