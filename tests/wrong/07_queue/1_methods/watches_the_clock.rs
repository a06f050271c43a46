//! verdict: requirement
//!
//! A time limit made by hand: asks every tenth of a second until the time is over.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::{Empty, Full, Queue};

fn put(shelf: &Queue<usize>, bun: usize, patience: Patience) -> Result<(), Full<usize>> {
    let Patience::For(time) = patience else {
        if let Patience::No = patience {
            return shelf.put_nowait(bun);
        }
        shelf.put(bun);
        return Ok(());
    };
    let begin = Instant::now();
    while begin.elapsed() < time {
        if shelf.put_nowait(bun).is_ok() {
            return Ok(());
        }
        sleep(Duration::from_millis(100));
    }
    Err(Full(bun))
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    let Patience::For(time) = patience else {
        if let Patience::No = patience {
            return shelf.get_nowait();
        }
        return Ok(shelf.get());
    };
    let begin = Instant::now();
    while begin.elapsed() < time {
        if let Ok(bun) = shelf.get_nowait() {
            return Ok(bun);
        }
        sleep(Duration::from_millis(100));
    }
    Err(Empty)
}
