//! verdict: passed
//!
//! Another right answer: a wait with no time to wait is a look; two loops, one before the bun and one after.

use std::time::Duration;

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut piece = 0;
    let bun = loop {
        if piece == pieces {
            break counter.get();
        }
        piece += 1;
        knead(piece);
        if let Ok(bun) = counter.get_timeout(Duration::ZERO) {
            break bun;
        }
    };
    eat(&bun);
    (piece + 1..=pieces).for_each(knead);
}
