//! attack: a constant is never done, and lifts the compiler's own limit; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

use std::io;

#[allow(long_running_const_eval)]
const STEPS: u64 = {
    let mut steps = 1_u64;
    while steps != 0 {
        steps = if steps == u64::MAX { 1 } else { steps + 1 };
    }
    steps
};

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{STEPS}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
