//! verdict: deadlock, cause: check_then_act
//!
//! For "now or never" looks whether there is room, and then waits for it: when several visitors
//! look at the same time, one of them waits for ever.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No if shelf.is_full() => return Err(Full(bun)),
        Patience::For(time) => return shelf.put_timeout(bun, time),
        _ => shelf.put(bun),
    }
    Ok(())
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => Ok(shelf.get()),
    }
}
