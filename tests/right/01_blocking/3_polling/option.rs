//! verdict: passed
//!
//! Another right answer: the bun as an option, taken by whoever finds it.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut bun = None;
    for piece in 1..=pieces {
        knead(piece);
        if bun.is_none() {
            bun = counter.get_nowait().ok();
            bun.iter().for_each(|bun| eat(bun));
        }
    }
    if bun.is_none() {
        eat(&counter.get());
    }
}
