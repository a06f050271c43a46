//! attack: a constant takes more steps than the compiler counts to; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: taking a long time

use std::io;

static STEPS: u64 = {
    let mut steps = 0_u64;
    while steps < 1 << 60 {
        steps += 1;
    }
    steps
};

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{STEPS}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
