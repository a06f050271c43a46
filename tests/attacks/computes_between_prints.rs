//! attack: each schedule computes for seconds, never so long that it is stopped; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow
//! message: computes for longer than a check may take

use std::hint::black_box;
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    for round in 0..1000_u64 {
        let mut sum = round;
        for number in 0..300_000_000_u64 {
            sum = black_box(sum.wrapping_mul(31).wrapping_add(number));
        }
        println!("{sum}");
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
