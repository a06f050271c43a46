//! attack: a module takes the place of mp; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

mod mp {
    pub struct Lock;
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
