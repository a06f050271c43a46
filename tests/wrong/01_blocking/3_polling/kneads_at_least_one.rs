//! verdict: wrong_output
//!
//! Kneads, and asks only then whether there is something left to knead.

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut bun = None;
    let mut piece = 1;
    loop {
        knead(piece);
        if bun.is_none() {
            bun = counter.get_nowait().ok();
            bun.iter().for_each(|bun| eat(bun));
        }
        if piece >= pieces {
            break;
        }
        piece += 1;
    }
    if bun.is_none() {
        eat(&counter.get());
    }
}
