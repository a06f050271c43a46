//! verdict: deadlock, cause: task_not_done
//!
//! Says that a basket is done only if there was none in it; the others stay open for ever.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    for _ in 0..helpers {
        let work = || loop {
            let found = shelf.unpack(baskets.get());
            if found.is_empty() {
                baskets.task_done();
            }
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
