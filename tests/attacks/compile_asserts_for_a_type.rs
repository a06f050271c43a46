//! attack: an assertion in a constant fails, which only code generation finds; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: rings too seldom

use std::io;

struct Bell<const RINGS: u32>;

impl<const RINGS: u32> Bell<RINGS> {
    const ENOUGH: u32 = {
        assert!(RINGS > 3, "rings too seldom");
        RINGS
    };
}

fn open_shop(workers: u32) -> io::Result<()> {
    println!("{}", workers + Bell::<2>::ENOUGH);
    Ok(())
}

// ---- given: edits below this line are ignored ----
