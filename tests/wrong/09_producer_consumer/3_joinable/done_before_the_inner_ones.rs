//! verdict: wrong_order
//!
//! Says that a basket is done before those that were in it are put: if it was the only one, nothing
//! is open at that moment.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    for _ in 0..helpers {
        let work = || loop {
            let found = shelf.unpack(baskets.get());
            baskets.task_done();
            for inner in found {
                baskets.put(inner);
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
