//! verdict: requirement
//!
//! Asks again and again where `put` and `get` would wait.

use std::time::Duration;

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    match patience {
        Patience::No => shelf.put_nowait(bun),
        Patience::For(time) => shelf.put_timeout(bun, time),
        Patience::Endless => {
            let mut bun = bun;
            while let Err(Full(back)) = shelf.put_nowait(bun) {
                bun = back;
                std::thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        }
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    match patience {
        Patience::No => shelf.get_nowait(),
        Patience::For(time) => shelf.get_timeout(time),
        Patience::Endless => loop {
            if let Ok(bun) = shelf.get_nowait() {
                return Ok(bun);
            }
            std::thread::sleep(Duration::from_millis(100));
        },
    }
}
