//! verdict: passed
//!
//! Waits a second, and again: to wait for so long is to wait.

use std::time::Duration;

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(d) => shelf.put_timeout(bun, d),
        Patience::Endless => loop {
            if shelf.put_timeout(bun, Duration::from_secs(1)).is_ok() {
                break Ok(());
            }
        },
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(d) => shelf.get_timeout(d),
        Patience::Endless => Ok(shelf.get()),
    }
}
