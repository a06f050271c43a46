//! verdict: deadlock, cause: no_sender
//!
//! Waits for helpers that have no end.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    let mut started = Vec::new();
    for _ in 0..helpers {
        let work = || loop {
            for inner in shelf.unpack(baskets.get()) {
                baskets.put(inner);
            }
            baskets.task_done();
        };
        started.push(Process::new(work).daemon(true).start()?);
    }
    for &basket in delivery {
        baskets.put(basket);
    }
    for helper in &started {
        helper.join();
    }
    Ok(())
}
