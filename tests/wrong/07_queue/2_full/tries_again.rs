//! verdict: deadlock
//!
//! Tries again with the same bun until there is room; but nobody makes any.

use mp::{Full, Queue};

fn bring(mut bun: Bun, counter: &Queue<Bun>, _cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    while let Err(Full(back)) = counter.put_nowait(bun) {
        bun = back;
        std::thread::yield_now();
    }
    Ok(())
}
