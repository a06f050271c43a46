//! verdict: wrong_output
//!
//! It never looks while there is dough.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    for piece in 1..=pieces {
        knead(piece);
    }
    eat(&counter.get());
}
