//! verdict: wrong_output
//!
//! As long as it takes is a day.

use std::time::Duration;

use mp::{Empty, Full, Queue};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(d) => shelf.put_timeout(bun, d),
        Patience::Endless => shelf.put_timeout(bun, DAY),
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(d) => shelf.get_timeout(d),
        Patience::Endless => shelf.get_timeout(DAY),
    }
}
