//! verdict: wrong_output
//!
//! Throws away what `put_nowait` and `put_timeout` say, and the bun with it.

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    let _ = match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => Ok(shelf.put(bun)),
    };
    Ok(())
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => Ok(shelf.get()),
    }
}
