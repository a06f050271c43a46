//! verdict: passed
//!
//! It looks with `is_empty` after each piece: nobody else takes the bun between the look and `get`.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut eaten = false;
    for piece in 1..=pieces {
        knead(piece);
        if !eaten && !counter.is_empty() {
            eat(&counter.get());
            eaten = true;
        }
    }
    if !eaten {
        eat(&counter.get());
    }
}
