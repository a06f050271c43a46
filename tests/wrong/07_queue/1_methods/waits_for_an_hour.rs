//! verdict: wrong_output
//!
//! Takes an hour for "as long as it takes".

use std::time::Duration;

use mp::{Empty, Full, Queue};

const LONG: Duration = Duration::from_secs(3600);

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => shelf.put_timeout(bun, LONG),
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => shelf.get_timeout(LONG),
    }
}
