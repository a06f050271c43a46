//! verdict: wrong_output
//!
//! Says that a basket is done when it was only taken.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    for _ in 0..helpers {
        let work = || loop {
            let basket = baskets.get();
            baskets.task_done();
            for inner in shelf.unpack(basket) {
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
