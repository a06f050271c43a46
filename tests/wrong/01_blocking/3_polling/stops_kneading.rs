//! verdict: wrong_output
//!
//! Once the bun is eaten, the rest of the dough is forgotten.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    for piece in 1..=pieces {
        knead(piece);
        if let Ok(bun) = counter.get_nowait() {
            eat(&bun);
            return;
        }
    }
    eat(&counter.get());
}
