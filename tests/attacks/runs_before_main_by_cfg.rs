//! attack: the same, hidden in `cfg_attr` and made by a macro; exercise: 05_lock/1_two_lines; expect: not_allowed, points: 0

macro_rules! constructor {
    ($name:ident) => {
        #[used]
        #[cfg_attr(all(), unsafe(link_section = ".init_array"))]
        static BEFORE: extern "C" fn() = $name;
    };
}
extern "C" fn before() {
    std::process::exit(0);
}
constructor!(before);
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
