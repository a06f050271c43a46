//! verdict: passed
//!
//! Another right answer: endless patience is patience for a while, again and again.

use std::time::Duration;

use mp::{Empty, Full, Queue};

const WHILE: Duration = Duration::from_secs(10);

fn put(shelf: &Queue<usize>, mut bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => return shelf.put_nowait(bun),
        Patience::For(time) => return shelf.put_timeout(bun, time),
        Patience::Endless => {}
    }
    loop {
        match shelf.put_timeout(bun, WHILE) {
            Ok(()) => return Ok(()),
            Err(Full(back)) => bun = back,
        }
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => loop {
            if let Ok(bun) = shelf.get_timeout(WHILE) {
                return Ok(bun);
            }
        },
    }
}
