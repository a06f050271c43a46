//! attack: a function is linked into what runs before main, as older editions let one; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow
//! message: link_section

use std::io;
#[link_section = ".init_array"]
#[used]
static X: extern "C" fn() = b;
extern "C" fn b() {
    std::process::exit(0)
}
fn open_shop(_w: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
