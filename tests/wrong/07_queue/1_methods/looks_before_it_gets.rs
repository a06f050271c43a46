//! verdict: deadlock, cause: check_then_act
//!
//! For "now or never" looks whether there is a bun, and then waits for it: when several visitors
//! look at the same time, one of them waits for ever.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => Ok(shelf.put(bun)),
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No if shelf.is_empty() => Err(Empty),
        Patience::For(time) => shelf.get_timeout(time),
        _ => Ok(shelf.get()),
    }
}
