//! attack: a library is linked that is not the course's; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

#[link(name = "evil", kind = "static")]
unsafe extern "C" {
    safe fn evil();
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    evil();
    Ok(())
}

// ---- given: edits below this line are ignored ----
