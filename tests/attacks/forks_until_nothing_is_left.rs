//! attack: every process starts more of them; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    fn more() {
        loop {
            mp::Process::new(more).start().expect("can be started");
        }
    }
    more();
    Ok(())
}

// ---- given: edits below this line are ignored ----
