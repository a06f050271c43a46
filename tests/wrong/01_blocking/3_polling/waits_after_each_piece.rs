//! verdict: wrong_output
//!
//! Its first look waits until the bun is there.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    for piece in 1..=pieces {
        knead(piece);
        if piece == 1 {
            eat(&counter.get());
        }
    }
}
