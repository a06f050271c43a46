//! verdict: wrong_output
//!
//! Where the bun comes after the last piece, nobody eats it.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut hungry = true;
    for piece in 1..=pieces {
        knead(piece);
        if hungry && let Ok(bun) = counter.get_nowait() {
            eat(&bun);
            hungry = false;
        }
    }
}
