//! verdict: wrong_output
//!
//! Calls `get_nowait` where a bun is to be put, and takes every error for a full shelf: that an
//! empty shelf was the matter cannot be seen any more.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.get_nowait().map(|_| ()).map_err(|_| Full(bun)),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => Ok(shelf.put(bun)),
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => Ok(shelf.get()),
    }
}
