//! verdict: passed
//!
//! Looks before each piece instead of after it: also before the first.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut bun = None;
    for piece in 1..=pieces {
        if bun.is_none() {
            if let Ok(b) = counter.get_nowait() {
                eat(&b);
                bun = Some(b);
            }
        }
        knead(piece);
    }
    if bun.is_none() {
        eat(&counter.get());
    }
}
