//! attack: functions have the names of those that watch memory, as older editions let one; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow
//! message: no_mangle

use std::io;
#[no_mangle]
pub extern "C" fn __tsan_read1(_: *const u8) {}
#[export_name = "write"]
pub extern "C" fn w(_: i32) {}
fn open_shop(_w: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
