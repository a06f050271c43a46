//! verdict: passed
//!
//! Another right answer: tries first without waiting, and waits only if it has to and may.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    shelf.put_nowait(bun).or_else(|Full(bun)| match patience {
        Patience::No => Err(Full(bun)),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => {
            shelf.put(bun);
            Ok(())
        }
    })
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    if let Ok(bun) = shelf.get_nowait() {
        return Ok(bun);
    }
    match patience {
        Patience::No => Err(Empty),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => Ok(shelf.get()),
    }
}
