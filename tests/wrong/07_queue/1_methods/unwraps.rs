//! verdict: panic
//!
//! Takes it for granted that there is room, and a bun.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun).unwrap(),
        Patience::For(time) => shelf.put_timeout(bun, time).unwrap(),
        Patience::Endless => shelf.put(bun),
    }
    Ok(())
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    Ok(match patience {
        Patience::No => shelf.get_nowait().unwrap(),
        Patience::For(time) => shelf.get_timeout(time).unwrap(),
        Patience::Endless => shelf.get(),
    })
}
