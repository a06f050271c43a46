//! verdict: deadlock, cause: no_sender
//!
//! All is unpacked, but the helpers wait for more for ever, and main waits for them at its end.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::unbounded();
    for _ in 0..helpers {
        let work = || loop {
            for inner in shelf.unpack(baskets.get()) {
                baskets.put(inner);
            }
            baskets.task_done();
        };
        Process::new(work).start()?;
    }
    for &basket in delivery {
        baskets.put(basket);
    }
    baskets.join();
    Ok(())
}
