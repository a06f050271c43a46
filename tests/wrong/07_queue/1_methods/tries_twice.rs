//! verdict: wrong_output
//!
//! Asks a second time a little later, also for who does not wait at all.

use std::thread::sleep;
use std::time::Duration;

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun).or_else(|Full(bun)| {
            sleep(Duration::from_millis(1500));
            shelf.put_nowait(bun)
        }),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => Ok(shelf.put(bun)),
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait().or_else(|Empty| {
            sleep(Duration::from_millis(1500));
            shelf.get_nowait()
        }),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => Ok(shelf.get()),
    }
}
