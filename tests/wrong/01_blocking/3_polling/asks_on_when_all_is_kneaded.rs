//! verdict: requirement
//!
//! While there is dough it looks between the pieces, as it should; and when there is none it goes on looking.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut piece = 1;
    while counter.is_empty() {
        if piece <= pieces {
            knead(piece);
            piece += 1;
        }
    }
    eat(&counter.get());
    for piece in piece..=pieces {
        knead(piece);
    }
}
