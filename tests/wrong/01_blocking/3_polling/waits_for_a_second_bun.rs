//! verdict: deadlock, cause: no_sender
//!
//! It waits at the end although the bun was eaten long ago.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    for piece in 1..=pieces {
        knead(piece);
        if let Ok(bun) = counter.get_nowait() {
            eat(&bun);
        }
    }
    eat(&counter.get());
}
