//! verdict: wrong_output
//!
//! Sleeps for the whole time that somebody is willing to wait, and tries only then.

use std::thread::sleep;

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::Endless => {
            shelf.put(bun);
            return Ok(());
        }
        Patience::For(time) => sleep(time),
        Patience::No => {}
    }
    shelf.put_nowait(bun)
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::Endless => return Ok(shelf.get()),
        Patience::For(time) => sleep(time),
        Patience::No => {}
    }
    shelf.get_nowait()
}
