//! attack: a path leads above the root of the file, to the given main; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use super::learner::__given::main as again;
use std::io;
fn open_shop(w: u32) -> io::Result<()> {
    if w > 100 {
        again()?;
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
