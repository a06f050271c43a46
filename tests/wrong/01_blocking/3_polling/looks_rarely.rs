//! verdict: wrong_output
//!
//! It looks after every second piece only, and learns late.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut hungry = true;
    for piece in 1..=pieces {
        knead(piece);
        if piece % 2 == 0
            && hungry
            && let Ok(bun) = counter.get_nowait()
        {
            eat(&bun);
            hungry = false;
        }
    }
    if hungry {
        eat(&counter.get());
    }
}
