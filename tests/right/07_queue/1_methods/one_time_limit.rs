//! verdict: passed
//!
//! Another right answer: no time at all is a time limit of 0, and endless is one that never ends.

use std::time::Duration;

use mp::{Empty, Full, Queue};

fn limit(patience: Patience) -> Duration {
    match patience {
        Patience::No => Duration::ZERO,
        Patience::For(time) => time,
        Patience::Endless => Duration::MAX,
    }
}

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    shelf.put_timeout(bun, limit(patience))
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    shelf.get_timeout(limit(patience))
}
