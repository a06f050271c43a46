//! verdict: deadlock, cause: task_not_done
//!
//! Nobody ever says that a basket is done, so `join` waits for ever.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    for _ in 0..helpers {
        let work = || loop {
            for inner in shelf.unpack(baskets.get()) {
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
