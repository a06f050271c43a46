//! verdict: wrong_output
//!
//! Says so for each basket that was in it, and for the basket itself: those are counted twice.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    for _ in 0..helpers {
        let work = || loop {
            for inner in shelf.unpack(baskets.get()) {
                baskets.put(inner);
                baskets.task_done();
            }
            baskets.task_done();
        };
        Process::new(work).daemon(true).start()?;
    }
    for &basket in delivery {
        baskets.put(basket);
    }
    baskets.join();
    Ok(())
}
