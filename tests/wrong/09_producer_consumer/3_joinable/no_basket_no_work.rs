//! verdict: requirement
//!
//! A helper goes home when no basket waits, although another may be about to find more.

use std::io;

use mp::{Process, Queue};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = Queue::unbounded();
    for &basket in delivery {
        baskets.put(basket);
    }
    let work = || {
        while let Ok(basket) = baskets.get_nowait() {
            for inner in shelf.unpack(basket) {
                baskets.put(inner);
            }
        }
    };
    let mut started = Vec::new();
    for _ in 0..helpers {
        started.push(Process::new(work).start()?);
    }
    for helper in &started {
        helper.join();
    }
    Ok(())
}
