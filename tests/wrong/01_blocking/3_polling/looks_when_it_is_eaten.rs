//! verdict: requirement
//!
//! The bun is eaten, there is only one, and it goes on looking.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut hungry = true;
    for piece in 1..=pieces {
        knead(piece);
        if let Ok(bun) = counter.get_nowait() {
            eat(&bun);
            hungry = false;
        }
    }
    if hungry {
        eat(&counter.get());
    }
}
