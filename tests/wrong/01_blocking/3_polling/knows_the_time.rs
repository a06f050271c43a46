//! verdict: wrong_output
//!
//! It reads the time from the arguments, and where that is not what is asked for it is wrong: nobody looked.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let _ = counter.len();
    for piece in 1..=pieces {
        knead(piece);
        if piece == 4 {
            eat("a bun that took 35 hundredths");
        }
    }
}
