//! verdict: wrong_output
//!
//! It stands at the counter until the bun is done: that was the first way.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    eat(&counter.get());
    for piece in 1..=pieces {
        knead(piece);
    }
}
