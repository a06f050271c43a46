//! verdict: requirement
//!
//! Two helpers at least, as one alone would not need a queue. But one was all there is.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    for _ in 0..helpers.max(2) {
        let work = || {
            loop {
                for inner in shelf.unpack(baskets.get()) {
                    baskets.put(inner);
                }
                baskets.task_done();
            }
        };
        Process::new(work).daemon(true).start()?;
    }
    for &basket in delivery {
        baskets.put(basket);
    }
    baskets.join();
    Ok(())
}
