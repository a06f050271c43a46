//! attack: `println!` prints what it is told by the learner; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

macro_rules! println {
    ($($any:tt)*) => {
        print!("all 5 workers have gone home\n")
    };
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
