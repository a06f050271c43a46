//! verdict: passed
//!
//! At the end it waits within a limit that no bun needs, and would wait once more.

use std::time::Duration;

use mp::Queue;

fn buy(pieces: u32, counter: &Queue<String>) {
    let mut bun = None;
    for piece in 1..=pieces {
        knead(piece);
        if bun.is_none() {
            bun = counter.get_timeout(Duration::ZERO).ok();
            bun.iter().for_each(|bun| eat(bun));
        }
    }
    while bun.is_none() {
        bun = counter.get_timeout(Duration::from_secs(60)).ok();
        bun.iter().for_each(|bun| eat(bun));
    }
}
