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
    loop {
        let answer = shelf.put_nowait(bun);
        if answer.is_ok() || begin.elapsed() >= time {
            return answer;
        }
        sleep(Duration::from_millis(100));
    }
}

fn get(shelf: &Queue<usize>, patience: Patience) -> Result<usize, Empty> {
    let Patience::For(time) = patience else {
        if let Patience::No = patience {
            return shelf.get_nowait();
        }
        return Ok(shelf.get());
    };
    let begin = Instant::now();
    loop {
        let answer = shelf.get_nowait();
        if answer.is_ok() || begin.elapsed() >= time {
            return answer;
        }
        sleep(Duration::from_millis(100));
    }
}
