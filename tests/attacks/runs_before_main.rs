//! attack: a constructor runs before main and ends the program; exercise: 05_lock/1_two_lines; expect: not_allowed, points: 0

extern "C" fn before() {
    std::process::exit(0);
}

#[used]
#[unsafe(link_section = ".init_array")]
static BEFORE: extern "C" fn() = before;
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
