//! attack: a destructor prints the rest when main is done; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

struct Late;

impl Drop for Late {
    fn drop(&mut self) {
        println!("all 5 workers have gone home");
    }
}

thread_local! {
    static LATE: Late = const { Late };
}


fn open_shop(_workers: u32) -> io::Result<()> {
    LATE.with(|_| ());
    Ok(())
}

// ---- given: edits below this line are ignored ----
