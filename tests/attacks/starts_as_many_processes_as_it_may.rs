//! attack: each schedule starts all processes that it may; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::io;

use mp::Process;

fn open_shop(_workers: u32) -> io::Result<()> {
    for _ in 0..120 {
        Process::new(|| {}).start()?.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
