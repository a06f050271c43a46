//! verdict: requirement
//!
//! Looks for ten milliseconds each time, in which no dough is kneaded.

use std::time::Duration;

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut hungry = true;
    for piece in 1..=pieces {
        knead(piece);
        if hungry && let Ok(bun) = counter.get_timeout(Duration::from_millis(10)) {
            eat(&bun);
            hungry = false;
        }
    }
    if hungry {
        eat(&counter.get());
    }
}
