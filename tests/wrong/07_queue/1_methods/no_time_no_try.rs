//! verdict: wrong_output
//!
//! Tries for as long as there is time. Where there is none, it does not even try.

use std::time::{Duration, Instant};

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(Duration::ZERO) => Err(Full(bun)),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => {
            shelf.put(bun);
            Ok(())
        }
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(time) => {
            let begun = Instant::now();
            while begun.elapsed() < time {
                if let Ok(bun) = shelf.get_timeout(time) {
                    return Ok(bun);
                }
            }
            Err(Empty)
        }
        Patience::Endless => Ok(shelf.get()),
    }
}
